//! No telemetry, no update checks: what the kernel sees of the network that a command uses.

use std::collections::BTreeSet;
use std::fs;

use crate::every_command::all;
use crate::harness::{World, needs};

/// Returns the addresses that a trace shows: of connections, and of messages sent without one.
fn addresses(trace: &str) -> BTreeSet<String> {
    let between = |line: &str, start: &str, end: &str| {
        let rest = line.split_once(start)?.1;
        rest.split_once(end).map(|(found, _)| found.to_owned())
    };
    let internet = trace.lines().filter(|line| line.contains("AF_INET"));
    internet
        .map(|line| {
            let port = between(line, "htons(", ")").unwrap_or_default();
            let address = between(line, "inet_addr(\"", "\"");
            let address = address.or_else(|| between(line, "inet_pton(AF_INET6, \"", "\""));
            format!("{}:{port}", address.unwrap_or_else(|| line.to_owned()))
        })
        .collect()
}

#[test]
fn no_command_connects_anywhere_but_to_the_users_server() {
    let Some(strace) = needs("strace") else { return };
    let mut connected = 0;
    for command in all() {
        let (world, server) = (World::new(), command.server(|_| None));
        let traced = world.home().with_extension("network");
        let output = traced.to_str().unwrap();
        let calls = "trace=connect,sendto,sendmsg,sendmmsg";
        let trace = ["-f", "--seccomp-bpf", "-e", calls, "-o", output];
        let run = command.keybelt_at(&world, &server.host(), &[]).through(&strace, trace);
        run.run().code(command.code);
        let found = addresses(&fs::read_to_string(&traced).unwrap());
        fs::remove_file(&traced).unwrap();
        let own = server.host().trim_start_matches("http://").to_owned();
        // Some only look at what is stored.
        assert!(found.iter().all(|address| *address == own), "{command:?}: {found:?}");
        connected += usize::from(found.contains(&own));
    }
    assert!(connected > 40, "only {connected} commands were seen to connect");
}
