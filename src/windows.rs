//! What Windows does only by functions of its own: the console in Unicode, Ctrl-C, and access lists.
//!
//! The one file that calls them. It knows none of keybelt's rules: callers decide what is shown, what a signal
//! means, and who may read a file.
#![allow(unsafe_code, reason = "no safe interface has these functions")]

use std::ffi::c_void;
use std::fs::File;
use std::io;
use std::os::windows::ffi::OsStrExt;
use std::os::windows::io::AsRawHandle;
use std::path::Path;
use std::ptr::{null, null_mut};
use std::sync::OnceLock;
use std::thread;

use secrecy::zeroize::Zeroizing;
use windows_sys::Win32::Foundation::{
    CloseHandle, ERROR_OPERATION_ABORTED, GetLastError, HANDLE, LocalFree, SetLastError,
};
use windows_sys::Win32::Security::Authorization::{
    ConvertSecurityDescriptorToStringSecurityDescriptorW, ConvertSidToStringSidW,
    ConvertStringSecurityDescriptorToSecurityDescriptorW, GetNamedSecurityInfoW, SDDL_REVISION_1,
    SE_FILE_OBJECT, SetNamedSecurityInfoW,
};
use windows_sys::Win32::Security::{
    ACL, DACL_SECURITY_INFORMATION, GetSecurityDescriptorDacl, GetTokenInformation,
    PROTECTED_DACL_SECURITY_INFORMATION, PSECURITY_DESCRIPTOR, TOKEN_QUERY, TOKEN_USER, TokenUser,
};
use windows_sys::Win32::System::Console::{
    CONSOLE_SCREEN_BUFFER_INFO, CTRL_BREAK_EVENT, CTRL_C_EVENT, ENABLE_ECHO_INPUT,
    ENABLE_LINE_INPUT, ENABLE_PROCESSED_INPUT, ENABLE_VIRTUAL_TERMINAL_PROCESSING,
    FlushConsoleInputBuffer, GetConsoleMode, GetConsoleScreenBufferInfo, ReadConsoleW,
    SetConsoleCtrlHandler, SetConsoleMode, WriteConsoleW,
};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

/// As many units as one call writes: older consoles have 64 KiB for it.
const MAX_WRITE: usize = 8192;

/// Writes text to a console, whatever its code page is.
pub fn write_console(console: &File, text: &str) -> io::Result<()> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut rest = &units[..];
    while !rest.is_empty() {
        let part = &rest[..rest.len().min(MAX_WRITE)];
        let mut written = 0;
        // SAFETY: the handle is open, and the pointer and the length are those of a slice.
        let done = unsafe {
            WriteConsoleW(handle(console), part.as_ptr(), length(part), &raw mut written, null())
        };
        if done == 0 || written == 0 {
            return Err(io::Error::last_os_error());
        }
        rest = &rest[written as usize..];
    }
    Ok(())
}

/// Reads a line from a console, `limit` units of UTF-16 at most; the rest of a longer line is left.
pub fn read_console(console: &File, limit: usize) -> io::Result<Zeroizing<Vec<u16>>> {
    let mut units = Zeroizing::new(vec![0_u16; limit]);
    loop {
        let mut count = 0;
        // SAFETY: the handle is open, and the pointer and the length are those of a vector's contents.
        let (done, error) = unsafe {
            SetLastError(0);
            let start = units.as_mut_ptr().cast();
            let done = ReadConsoleW(handle(console), start, length(&units), &raw mut count, null());
            (done, GetLastError())
        };
        // Ctrl-C ends the read. Whether it ends the process too is decided where signals are.
        if count == 0 && error == ERROR_OPERATION_ABORTED {
            continue;
        }
        if done == 0 {
            return Err(io::Error::from_raw_os_error(error.cast_signed()));
        }
        units.truncate(count as usize);
        return Ok(units);
    }
}

/// How a console treats what is typed.
#[derive(Debug, Clone, Copy)]
pub struct ConsoleMode(u32);

impl ConsoleMode {
    /// Reads it; `None` if this is no console.
    pub fn of(console: &impl AsRawHandle) -> Option<Self> {
        let mut mode = 0;
        // SAFETY: the handle is open, and the pointer leads to a number that lives as long as the call.
        let done = unsafe { GetConsoleMode(handle(console), &raw mut mode) };
        (done != 0).then_some(Self(mode))
    }

    /// Sets it.
    pub fn apply(self, console: &impl AsRawHandle) {
        // SAFETY: the handle is open; the call takes numbers only.
        unsafe { SetConsoleMode(handle(console), self.0) };
    }

    /// Returns it for typing a line, which is shown only if `visible`.
    pub fn for_line(self, visible: bool) -> Self {
        let line = self.0 | ENABLE_LINE_INPUT | ENABLE_PROCESSED_INPUT;
        Self(if visible { line | ENABLE_ECHO_INPUT } else { line & !ENABLE_ECHO_INPUT })
    }

    /// Returns it for output with colours.
    pub fn for_colours(self) -> Self {
        Self(self.0 | ENABLE_VIRTUAL_TERMINAL_PROCESSING)
    }
}

/// Drops what was typed and not read.
pub fn forget_input(console: &File) {
    // SAFETY: the handle is open; the call takes nothing else.
    unsafe { FlushConsoleInputBuffer(handle(console)) };
}

/// Returns the columns and rows of a console's window; `None` if this is no console.
pub fn console_size(console: &impl AsRawHandle) -> Option<(usize, usize)> {
    let mut info = CONSOLE_SCREEN_BUFFER_INFO::default();
    // SAFETY: the handle is open, and the pointer leads to a structure that lives as long as the call.
    let done = unsafe { GetConsoleScreenBufferInfo(handle(console), &raw mut info) };
    let side = |from: i16, to: i16| usize::try_from(i32::from(to) - i32::from(from) + 1).ok();
    let window = info.srWindow;
    (done != 0).then_some(())?;
    Some((side(window.Left, window.Right)?, side(window.Top, window.Bottom)?))
}

/// What a console tells its processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// Ctrl-C or Ctrl-Break.
    Interrupt,
    /// The window closes, the user signs out, or the machine shuts down: a few seconds are left.
    Close,
}

static ON_CONTROL: OnceLock<fn(Control)> = OnceLock::new();

/// Has `handler` told of Ctrl-C and of the end of the console, on a thread of its own. Only the first call counts.
pub fn on_control(handler: fn(Control)) {
    if ON_CONTROL.set(handler).is_ok() {
        // SAFETY: the function lives as long as the process, and needs nothing of the thread that calls it.
        unsafe { SetConsoleCtrlHandler(Some(control), 1) };
    }
}

unsafe extern "system" fn control(kind: u32) -> i32 {
    let Some(handler) = ON_CONTROL.get() else {
        return 0;
    };
    if kind == CTRL_C_EVENT || kind == CTRL_BREAK_EVENT {
        handler(Control::Interrupt);
        return 1;
    }
    handler(Control::Close);
    // The system ends the process when this returns, and by itself after a few seconds.
    loop {
        thread::park();
    }
}

/// Leaves a file or a directory, with what will be in it, to the user who runs this process.
pub fn close_to_others(path: &Path) -> io::Result<()> {
    let inherited = if path.is_dir() { "OICI" } else { "" };
    let list = wide(format!("D:P(A;{inherited};FA;;;{})", user()?).as_ref());
    let mut descriptor = Local(null_mut());
    let (mut is_there, mut acl, mut is_default) = (0, null_mut::<ACL>(), 0);
    // SAFETY: the texts end with a zero; the descriptor is the system's until `Local` frees it, and the list is a
    // part of it.
    let outcome = unsafe {
        check(ConvertStringSecurityDescriptorToSecurityDescriptorW(
            list.as_ptr(),
            SDDL_REVISION_1,
            &raw mut descriptor.0,
            null_mut(),
        ))?;
        check(GetSecurityDescriptorDacl(
            descriptor.0,
            &raw mut is_there,
            &raw mut acl,
            &raw mut is_default,
        ))?;
        SetNamedSecurityInfoW(
            wide(path.as_os_str()).as_ptr(),
            SE_FILE_OBJECT,
            DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
            null_mut(),
            null_mut(),
            acl,
            null(),
        )
    };
    succeeded(outcome)
}

/// Returns the access list of a file or a directory, in the system's notation (SDDL).
pub fn access_list(path: &Path) -> io::Result<String> {
    let mut descriptor = Local(null_mut());
    let mut written = Local(null_mut());
    // SAFETY: the path ends with a zero; what the calls hand out is theirs until `Local` frees it.
    unsafe {
        succeeded(GetNamedSecurityInfoW(
            wide(path.as_os_str()).as_ptr(),
            SE_FILE_OBJECT,
            DACL_SECURITY_INFORMATION,
            null_mut(),
            null_mut(),
            null_mut(),
            null_mut(),
            &raw mut descriptor.0,
        ))?;
        check(ConvertSecurityDescriptorToStringSecurityDescriptorW(
            descriptor.0,
            SDDL_REVISION_1,
            DACL_SECURITY_INFORMATION,
            (&raw mut written.0).cast(),
            null_mut(),
        ))?;
        Ok(text(written.0.cast()))
    }
}

/// Returns the name by which access lists know the user who runs this process.
pub fn user() -> io::Result<String> {
    /// Room for the structure and for the longest identifier behind it, aligned as the structure is.
    #[repr(C)]
    struct Room {
        user: TOKEN_USER,
        identifier: [u8; 128],
    }
    let mut token: HANDLE = null_mut();
    let mut written = Local(null_mut());
    // SAFETY: plain bits, which the call fills in.
    let mut room: Room = unsafe { std::mem::zeroed() };
    let mut size = 0;
    // SAFETY: the room is as long as is said, its identifier is a part of it, and the handle is closed once.
    unsafe {
        check(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token))?;
        let room_size = u32::try_from(size_of::<Room>()).unwrap_or(0);
        let done = GetTokenInformation(
            token,
            TokenUser,
            (&raw mut room).cast::<c_void>(),
            room_size,
            &raw mut size,
        );
        let outcome = check(done);
        CloseHandle(token);
        outcome?;
        check(ConvertSidToStringSidW(room.user.User.Sid, (&raw mut written.0).cast()))?;
        Ok(text(written.0.cast()))
    }
}

/// Memory that the system handed out.
struct Local(PSECURITY_DESCRIPTOR);

impl Drop for Local {
    fn drop(&mut self) {
        // SAFETY: it is null, or was handed out by a function that says to free it so; nobody else does.
        unsafe { LocalFree(self.0) };
    }
}

/// Copies a text that ends with a zero.
///
/// # Safety
/// `start` must lead to such a text.
unsafe fn text(start: *const u16) -> String {
    // SAFETY: as the caller promises, there is a zero, and everything before it is the text.
    let units = unsafe {
        let length = (0..).take_while(|index| *start.add(*index) != 0).count();
        std::slice::from_raw_parts(start, length)
    };
    String::from_utf16_lossy(units)
}

fn wide(text: &std::ffi::OsStr) -> Vec<u16> {
    text.encode_wide().chain([0]).collect()
}

fn handle(file: &impl AsRawHandle) -> HANDLE {
    file.as_raw_handle().cast()
}

fn length(units: &[u16]) -> u32 {
    u32::try_from(units.len()).unwrap_or(u32::MAX)
}

fn check(done: i32) -> io::Result<()> {
    if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn succeeded(error: u32) -> io::Result<()> {
    if error == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(error.cast_signed())) }
}
