//! The documented rate limits, and the headers that tell about them: the same names mean a Unix
//! time in the first generation and seconds from now in the second.

use hyper::header::HeaderName;
use jiff::SignedDuration;

use crate::exchange::{Call, Reply};
use crate::limit::{Rule, Standing};
use crate::sign_in_limit::SIGN_INS;
use crate::state::State;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Requests to the second generation, by user or, without a token, by address.
pub(crate) const REQUESTS: Rule =
    Rule { name: "requests", count: 30, window: SignedDuration::from_secs(1) };
/// Changes of one's username or e-mail address, by user.
pub(crate) const ACCOUNT_UPDATES: Rule =
    Rule { name: "account updates", count: 100, window: MINUTE };

/// The limits on one of the two actions that send a text.
pub(crate) struct ActionRules {
    by_user_and_minute: Rule,
    by_user_and_hour: Rule,
    by_address_and_day: Rule,
}

/// The limits on enabling two-factor authentication.
pub(crate) const ENABLE: ActionRules = ActionRules {
    by_user_and_minute: Rule { name: "enable by minute", count: 5, window: MINUTE },
    by_user_and_hour: Rule { name: "enable by hour", count: 10, window: HOUR },
    by_address_and_day: Rule { name: "enable by day", count: 100, window: DAY },
};
/// The limits on sending another text.
pub(crate) const RESEND: ActionRules = ActionRules {
    by_user_and_minute: Rule { name: "resend by minute", count: 5, window: MINUTE },
    by_user_and_hour: Rule { name: "resend by hour", count: 10, window: HOUR },
    by_address_and_day: Rule { name: "resend by day", count: 100, window: DAY },
};

/// Counts an action that sends a text.
pub(crate) fn take_action(
    state: &mut State,
    call: &Call,
    user: &str,
    rules: &ActionRules,
) -> Result<(), Standing> {
    let address = call.peer.to_string();
    let rules = [
        (&rules.by_user_and_minute, user),
        (&rules.by_user_and_hour, user),
        (&rules.by_address_and_day, address.as_str()),
    ];
    state.count(&rules)
}

/// Adds the first generation's headers, unless the answer has them.
pub(crate) fn head_version_1(state: &mut State, call: &Call, reply: Reply) -> Reply {
    let now = state.now();
    let standing = state.limiter.standing(&SIGN_INS, &call.peer.to_string(), now);
    match standing {
        Some(standing) if !reply.has(&LIMIT) => with_version_1(reply, standing, now.as_second()),
        _ => reply,
    }
}

/// Adds the second generation's headers, unless the answer has them.
pub(crate) fn head_version_2(state: &mut State, who: &str, reply: Reply) -> Reply {
    let now = state.now();
    match state.limiter.standing(&REQUESTS, who, now) {
        Some(standing) if !reply.has(&LIMIT) => with_version_2(reply, standing),
        _ => reply,
    }
}

/// Adds headers whose reset is a Unix time.
pub(crate) fn with_version_1(reply: Reply, standing: Standing, unix_now: i64) -> Reply {
    // Rounded up: at that second the request will be let in.
    let reset = unix_now + standing.reset.as_secs() + 1;
    with(reply, standing, &reset.to_string())
}

/// Adds headers whose reset is a number of seconds from now.
pub(crate) fn with_version_2(reply: Reply, standing: Standing) -> Reply {
    with(reply, standing, &format!("{:.3}", standing.reset.as_secs_f64()))
}

fn with(reply: Reply, standing: Standing, reset: &str) -> Reply {
    reply.with(LIMIT, standing.limit).with(REMAINING, standing.remaining).with(RESET, reset)
}

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");
