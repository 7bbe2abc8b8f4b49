//! Serves a sandbox with TLS until standard input ends, after printing its ready line. Each
//! argument is a fault; `--limits=off` lifts the limits, `--generation=modern` takes away password
//! sign-in for tools.

use std::error::Error;
use std::io::{Write, stdin, stdout};

use keybelt_sandbox::{Generation, Limits, Options, Sandbox};

fn main() -> Result<(), Box<dyn Error>> {
    let mut options = Options { tls: true, ..Options::default() };
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--limits=off" => options.limits = Limits::Off,
            "--generation=modern" => options.generation = Generation::Modern,
            fault => options.faults.push(fault.parse()?),
        }
    }
    let sandbox = Sandbox::start(options)?;
    writeln!(stdout(), "{}", serde_json::to_string(sandbox.ready())?)?;
    std::io::copy(&mut stdin(), &mut std::io::sink())?;
    Ok(())
}
