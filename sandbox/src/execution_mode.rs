//! Where plans run, or would: nothing runs on this server.

/// Where plans would run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExecutionMode {
    Remote,
    Local,
    Agent,
}

impl ExecutionMode {
    pub(crate) fn name(self) -> &'static str {
        match self {
            ExecutionMode::Remote => "remote",
            ExecutionMode::Local => "local",
            ExecutionMode::Agent => "agent",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<ExecutionMode> {
        let mut all =
            [ExecutionMode::Remote, ExecutionMode::Local, ExecutionMode::Agent].into_iter();
        all.find(|mode| mode.name() == name)
    }
}
