//! The price of a text, in bits, as a walk over a keyboard: from a key to itself or to a neighbour, with occasional jumps. Also
//! in layouts other than QWERTY.

/// The rows of a layout, plain and shifted, key by key. A space stands for a key without an ASCII character.
type Layout = [(&'static [u8], &'static [u8]); 4];

const QWERTY: Layout = [
    (b"`1234567890-=", b"~!@#$%^&*()_+"),
    (b" qwertyuiop[]\\", b" QWERTYUIOP{}|"),
    (b" asdfghjkl;'", b" ASDFGHJKL:\""),
    (b" zxcvbnm,./", b" ZXCVBNM<>?"),
];
const QWERTZ: Layout = [
    (b"^1234567890", b" !\" $%&/()="),
    (b" qwertzuiop +", b" QWERTZUIOP *"),
    (b" asdfghjkl  #", b" ASDFGHJKL  '"),
    (b" yxcvbnm,.-", b" YXCVBNM;:_"),
];
const AZERTY: Layout = [
    (b" & \"'(- _  )=", b" 1234567890 +"),
    (b" azertyuiop^$", b" AZERTYUIOP  "),
    (b" qsdfghjklm *", b" QSDFGHJKLM% "),
    (b" wxcvbn,;:!", b" WXCVBN?./ "),
];
const DVORAK: Layout = [
    (b"`1234567890[]", b"~!@#$%^&*(){}"),
    (b" ',.pyfgcrl/=\\", b" \"<>PYFGCRL?+|"),
    (b" aoeuidhtns-", b" AOEUIDHTNS_"),
    (b" ;qjkxbmwvz", b" :QJKXBMWVZ"),
];
const COLEMAK: Layout = [
    (b"`1234567890-=", b"~!@#$%^&*()_+"),
    (b" qwfpgjluy;[]\\", b" QWFPGJLUY:{}|"),
    (b" arstdhneio'", b" ARSTDHNEIO\""),
    (b" zxcvbkm,./", b" ZXCVBKM<>?"),
];

/// The positions of the keys: row × 16 + column, and a bit for the shift key. Equal steps are equal differences.
static PLACES: [[u8; 128]; 5] = [places(QWERTY), places(QWERTZ), places(AZERTY), places(DVORAK), places(COLEMAK)];

const UNKNOWN: u8 = u8::MAX;
const SHIFTED: u8 = 0x40;

/// The bits of a step in the same direction as the one before, of a step in one of the eight other directions, and of a jump to
/// any key. Their probabilities add up to one: 0.51 + 8 × 0.0425 + 47 × 0.0032.
const SAME_WAY: f32 = 0.972;
const OTHER_WAY: f32 = 4.557;
const JUMP: f32 = 8.292;
/// The bits of keeping or changing the state of the shift key.
const SAME_SHIFT: f32 = 0.152;
const OTHER_SHIFT: f32 = 3.322;

/// Returns the price in the cheapest layout.
pub(super) fn price(text: &[u8]) -> f32 {
    let layout = (PLACES.len() as f32).log2();
    PLACES.iter().map(|places| layout + price_in(places, text)).fold(f32::INFINITY, f32::min)
}

fn price_in(places: &[u8; 128], text: &[u8]) -> f32 {
    let (mut bits, mut last, mut way) = (0.0, None, 0);
    for byte in text {
        let place = places.get(usize::from(*byte)).copied().filter(|place| *place != UNKNOWN);
        let Some(place) = place else { return f32::INFINITY };
        bits += match last.replace(place) {
            None => 94.0_f32.log2(),
            Some(before) => {
                let step = (place & !SHIFTED).wrapping_sub(before & !SHIFTED);
                let known = std::mem::replace(&mut way, step);
                let shift = if (place ^ before) & SHIFTED == 0 { SAME_SHIFT } else { OTHER_SHIFT };
                shift + price_of(step, known)
            }
        };
    }
    bits
}

fn price_of(step: u8, known: u8) -> f32 {
    let neighbour = matches!(step, 0 | 1 | 15 | 16 | 17 | 239 | 240 | 241 | 255);
    match (neighbour, step == known) {
        (true, true) => SAME_WAY,
        (true, false) => OTHER_WAY,
        (false, _) => JUMP,
    }
}

const fn places(rows: Layout) -> [u8; 128] {
    let mut places = [UNKNOWN; 128];
    let mut row = 0;
    while row < rows.len() {
        let (plain, shifted) = rows[row];
        let mut column = 0;
        while column < plain.len() {
            let place = (row * 16 + column) as u8;
            places[plain[column] as usize] = place;
            if column < shifted.len() {
                places[shifted[column] as usize] = place | SHIFTED;
            }
            column += 1;
        }
        row += 1;
    }
    places[b' ' as usize] = UNKNOWN;
    places
}

#[cfg(test)]
mod tests {
    use super::{JUMP, OTHER_SHIFT, OTHER_WAY, SAME_SHIFT, SAME_WAY, price};

    #[test]
    fn the_shares_add_up_to_one_at_most() {
        let share = |bits: f32| (-bits).exp2();
        assert!(share(SAME_WAY) + 8.0 * share(OTHER_WAY) + 47.0 * share(JUMP) <= 1.0);
        assert!(share(SAME_SHIFT) + share(OTHER_SHIFT) <= 1.0);
    }

    #[test]
    fn a_walk_is_cheap_in_its_own_layout() {
        for text in [
            "qwertyuiopasdfghjklzxcvbnm",
            "qwertzuiopasdfghjklyxcvbnm",
            "azertyuiopqsdfghjklmwxcvbn",
            "',.pyfgcrlaoeuidhtns;qjkxbmwvz",
            "qwfpgjluyarstdhneiozxcvbkm",
        ] {
            assert!(price(text.as_bytes()) / (text.len() as f32) < 2.6, "{text}: {}", price(text.as_bytes()));
        }
        assert!(price(b"q7Zt0vWx3LkB9sYd2GhR8mPn5cJf1aEu") > 190.0);
    }
}
