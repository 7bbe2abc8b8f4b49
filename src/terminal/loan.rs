//! The terminal in the hands of a child that asks there itself.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::device::{Device, Modes};
use super::{device, progress};

/// What the terminal was like when it was lent.
static LENT: Mutex<Option<(Device, Modes)>> = Mutex::new(None);

fn lock() -> MutexGuard<'static, Option<(Device, Modes)>> {
    LENT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives the terminal to a child's process group; `false` if it is not ours to give: there is none, or another job
/// has it.
pub fn lend(group: u32) -> bool {
    let Ok(terminal) = Device::open() else {
        return false;
    };
    let Some(modes) = Modes::of(&terminal) else {
        return false;
    };
    if !device::is_foreground(&terminal) {
        return false;
    }
    progress::clear();
    let is_lent = device::give_to(&terminal, group);
    if is_lent {
        *lock() = Some((terminal, modes));
    }
    is_lent
}

/// Takes the terminal back from the child, with its modes as they were. What was typed for the child and not read
/// is dropped: it may be a secret, and the next reader would be the shell.
pub fn take_back() {
    if let Some((terminal, modes)) = lock().take() {
        device::take(&terminal);
        modes.apply(&terminal);
        terminal.forget_input();
    }
}
