//! `keybelt login`.

use crate::harness::World;

#[test]
fn a_password_and_an_app_code_sign_in_and_the_token_is_kept() {
    let world = World::new();
    let host = world.host();
    let login = [
        "login",
        &host,
        "--username",
        "bob",
        "--password-stdin",
        "--code-stdin",
    ];
    let typed = format!("{}\n{}\n", world.password("bob"), world.code("bob"));
    let run = world.keybelt(login).stdin(typed).run().code(0);
    assert_eq!(run.stdout(), "");
    let _run = run
        .says(&format!("Signed in to {host} as bob"))
        .hides(&world.stored_tokens()[0]);
    assert_eq!(world.live_tokens_made(), 1);
    world.assert_live_tokens_are_stored();
}

#[test]
fn a_person_types_a_hidden_password_and_a_code() {
    let world = World::new();
    let host = world.host();
    let password = world.password("bob");
    let mut terminal = world.keybelt(["login", &host, "--username", "bob"]).pty();
    terminal
        .expect_hidden(&format!("Password for bob at {host}: "))
        .type_line(&password);
    terminal
        .expect_visible("Verification code, or a recovery code (1 of 3; ? for other ways): ")
        .type_line(&world.code("bob"));
    let _ended = terminal.wait(0).shows("Signed in").hides(&password);
    world.assert_live_tokens_are_stored();
}
