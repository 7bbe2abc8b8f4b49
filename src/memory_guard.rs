//! Keeps memory that holds secrets from core dumps, and from other programs of the same user.
//!
//! Each system has a way of its own, and a failing one leaves keybelt as it was.

/// Asks the system for it, for the rest of this process.
#[cfg(target_os = "linux")]
pub fn protect() {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    // A limit on the size of core files would not stop a dump that is piped to a program.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// Asks the system for it, for the rest of this process.
#[cfg(all(unix, not(target_os = "linux")))]
pub fn protect() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    // The hard limit stays, for programs that `exec` starts.
    let Rlimit { maximum, .. } = getrlimit(Resource::Core);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum });
    refuse_tracers();
}

#[cfg(target_os = "macos")]
fn refuse_tracers() {
    #[expect(unsafe_code, reason = "no safe interface has this request")]
    // SAFETY: the request takes nothing but its number.
    unsafe {
        libc::ptrace(libc::PT_DENY_ATTACH, 0, std::ptr::null_mut(), 0)
    };
}

#[cfg(target_os = "freebsd")]
fn refuse_tracers() {
    let mut mode = libc::PROC_TRACE_CTL_DISABLE;
    #[expect(unsafe_code, reason = "no safe interface has this request")]
    // SAFETY: zero is this process, and the pointer leads to a number that lives as long as the call.
    unsafe {
        libc::procctl(libc::P_PID, 0, libc::PROC_TRACE_CTL, (&raw mut mode).cast())
    };
}

#[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "freebsd")))]
#[cfg(unix)]
fn refuse_tracers() {}

/// Windows writes no core files, and guards processes of other users only.
#[cfg(windows)]
pub fn protect() {}
