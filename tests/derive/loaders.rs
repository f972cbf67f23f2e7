//! Loaders that a struct configures itself.

use super::*;

#[derive(Debug, Config)]
#[config(loader = wishes)]
struct Settings {
    #[config(default = 1)]
    port: u16,
}

fn wishes(loader: Loader) -> Loader {
    loader.waive(rule::FILE_WORLD_WRITABLE, "PORT", Reason::new("for the test"))
}

#[test]
fn the_loader_of_a_struct_is_used_by_every_load() {
    let it = accepted::<Settings>(&[]);
    assert_eq!((it.port, Loaded::report(&it).waivers().len()), (1, 1));
}
