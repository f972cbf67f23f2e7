//! Detects placeholders by their words: names of vendors, foreign words, instructions, names of settings.

use zeroize::Zeroizing;

use crate::human;

/// Words for secrets, in the languages of templates.
const SUBJECTS: &[&str] = &[
    "adgangskode",
    "anahtar",
    "apikey",
    "auth",
    "bearer",
    "chave",
    "cheia",
    "cheie",
    "chiave",
    "clave",
    "cle",
    "contrasena",
    "credential",
    "credentials",
    "geheim",
    "geheimnis",
    "haslo",
    "heslo",
    "jelszo",
    "jeton",
    "key",
    "keys",
    "khau",
    "khoa",
    "klic",
    "kljuc",
    "klucz",
    "klyuch",
    "kulcs",
    "kulcsod",
    "kunci",
    "losen",
    "losenord",
    "lozinka",
    "lykill",
    "mdp",
    "nokkel",
    "nyckel",
    "parol",
    "parola",
    "pass",
    "passcode",
    "passord",
    "passphrase",
    "passwd",
    "password",
    "passwort",
    "pwd",
    "rahasia",
    "salasana",
    "sandi",
    "schluessel",
    "schlussel",
    "secret",
    "secreta",
    "secreto",
    "secrets",
    "segredo",
    "segreta",
    "segreto",
    "senha",
    "sifre",
    "sleutel",
    "tajne",
    "tajny",
    "token",
    "tokens",
    "wachtwoord",
    "zaporka",
];

/// Possessives.
const POSSESSIVES: &[&str] = &[
    "anda",
    "cua",
    "dein",
    "deine",
    "deinen",
    "deres",
    "din",
    "ditt",
    "dumneavoastra",
    "dvs",
    "ihr",
    "ihre",
    "ihren",
    "iyong",
    "jouw",
    "jullie",
    "kamu",
    "mi",
    "mijn",
    "min",
    "minun",
    "moj",
    "mong",
    "my",
    "sas",
    "seu",
    "sinun",
    "sizin",
    "sou",
    "su",
    "sua",
    "suo",
    "teu",
    "ton",
    "tu",
    "tua",
    "tuo",
    "tus",
    "tvoj",
    "twoj",
    "twoja",
    "uw",
    "vas",
    "vasa",
    "vase",
    "vash",
    "vasu",
    "vores",
    "vos",
    "votre",
    "your",
    "yours",
    "ваш",
    "ваша",
    "ваше",
    "мой",
    "моя",
    "твой",
    "твоя",
    "σου",
];

/// Words for secrets that are written as several words.
const PHRASES: &[&str] = &["motdepasse", "katasandi", "katakunci", "matkhau"];

/// Stems of words for secrets, in languages with suffixes and in scripts that are not separated into words.
const STEMS: &[&str] =
    &["anahtar", "sifre", "jelsz", "avaim", "salasan", "kleidi", "ключ", "парол", "токен", "секрет", "κλειδ", "κωδικ"];
const OF_OTHER_SCRIPTS: &[&str] = &[
    "密钥",
    "密鑰",
    "密码",
    "密碼",
    "口令",
    "キー",
    "パスワード",
    "トークン",
    "秘密",
    "비밀",
    "입력",
    "输入",
    "填写",
    "入力",
    "키를",
    "토큰",
    "مفتاح",
    "كلمة",
    "מפתח",
    "סיסמ",
    "कुंजी",
    "पासवर्ड",
    "รหัส",
];

/// Verbs for what to do with the secret, or where it comes from.
const VERBS: &[&str] = &[
    "add",
    "aendern",
    "ajoutez",
    "alterar",
    "andern",
    "andra",
    "ask",
    "byt",
    "cambia",
    "cambialo",
    "cambiame",
    "cambiar",
    "change",
    "changer",
    "changez",
    "coller",
    "coloque",
    "comes",
    "configured",
    "contact",
    "copy",
    "create",
    "defined",
    "definir",
    "degistir",
    "degistirin",
    "demander",
    "determined",
    "doldurun",
    "einfuegen",
    "einfugen",
    "eingeben",
    "eintragen",
    "enter",
    "ersetzen",
    "escribe",
    "fill",
    "filled",
    "ganti",
    "generar",
    "generate",
    "generer",
    "get",
    "girin",
    "ilagay",
    "incolla",
    "indsaet",
    "informe",
    "ingresa",
    "ingrese",
    "inlocuiti",
    "inserez",
    "inserir",
    "inserisci",
    "insert",
    "insira",
    "introduce",
    "introduceti",
    "isi",
    "isikan",
    "kept",
    "laita",
    "masukkan",
    "mets",
    "mettez",
    "modifica",
    "modificar",
    "modifier",
    "muuta",
    "obtain",
    "palitan",
    "paste",
    "pega",
    "pon",
    "ponga",
    "promijeni",
    "promijenite",
    "provide",
    "provided",
    "put",
    "reemplazar",
    "rellenar",
    "remplacer",
    "remplacez",
    "remplir",
    "replace",
    "replaced",
    "replaceme",
    "saisir",
    "schimba",
    "schimbati",
    "schrijf",
    "see",
    "set",
    "sett",
    "skift",
    "skriv",
    "sostituire",
    "sostituisci",
    "sostituiscimi",
    "stored",
    "substitua",
    "substituir",
    "trocar",
    "troque",
    "updated",
    "use",
    "vaihda",
    "vervang",
    "vlozte",
    "vnesite",
    "vul",
    "vyplnte",
    "wijzig",
    "wijzigen",
    "wklej",
    "wpisz",
    "zadejte",
    "zmenit",
    "zmien",
    "введите",
    "вставьте",
    "замените",
    "заменить",
    "измените",
    "изменить",
    "смените",
    "укажите",
];

/// Words for where the secret belongs, and other words in such texts.
const FILLERS: &[&str] = &[
    "aca",
    "account",
    "admin",
    "aici",
    "aqui",
    "burada",
    "buraya",
    "ci",
    "console",
    "dashboard",
    "deploy",
    "deployment",
    "dito",
    "docs",
    "env",
    "example",
    "here",
    "hier",
    "ici",
    "ide",
    "lead",
    "ops",
    "page",
    "portal",
    "prod",
    "production",
    "qui",
    "readme",
    "runtime",
    "sample",
    "settings",
    "sini",
    "startup",
    "team",
    "tutaj",
    "valor",
    "value",
    "vault",
    "wiki",
];

/// Words that connect the others.
const GLUE: &[&str] = &[
    "above", "at", "be", "below", "by", "ceci", "das", "detta", "dette", "die", "dies", "dit", "esto", "from", "how",
    "in", "ini", "is", "isso", "it", "later", "me", "moi", "questo", "the", "this", "to", "tuaj", "меня", "это",
];

/// Words for "here".
const HERE: &[&str] = &[
    "aca",
    "aici",
    "aqui",
    "burada",
    "buraya",
    "dito",
    "here",
    "hier",
    "ici",
    "ide",
    "qui",
    "sem",
    "sini",
    "tady",
    "tutaj",
    "здесь",
    "сюда",
    "тука",
    "тут",
];

/// The maximum length and number of words. A longer text is a token or prose.
const LONGEST: usize = 14;
const MOST: usize = 10;

/// The number of characters that are examined.
const READ: usize = MOST * (LONGEST + 1);

/// Returns whether the words of a text mean that it stands for a secret.
///
/// All words must consist of letters, so that no part of an issued token counts as one. The text is a comment, has a possessive
/// (`your-giphy-api-key`), says what to do (`INSERT_KEY_HERE`), or is only the name of a secret (`license_key`).
pub(crate) fn stand_for_a_secret(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else { return false };
    if is_comment(text)
        || is_escaped_label(text)
        || has_label(text)
        || !text.is_ascii() && OF_OTHER_SCRIPTS.iter().any(|word| text.contains(word))
    {
        return true;
    }
    if text.is_ascii() && !has_plain_words(text.as_bytes()) {
        return false;
    }
    let words = Words::of(text);
    words.are_plain()
        && reads_like_words(text)
        && (words.are_owned()
            || words.instruct()
            || words.name_a_secret()
            || words.come_from_somewhere()
            || words.are_one_name(text))
}

/// Returns whether a text of some length reads like words, because 24 random characters contain some short words by chance.
fn reads_like_words(text: &str) -> bool {
    let text = text.trim_matches(|character: char| !character.is_alphanumeric());
    text.len() < 24 || !text.is_ascii() || human::word_margin(text.as_bytes()) > 6.0
}

/// Returns whether a text is the comment of a template: `# get it from the dashboard`.
fn is_comment(text: &str) -> bool {
    ["# ", "// ", "<!--", "/* "].iter().any(|start| text.starts_with(start)) && text.chars().any(char::is_alphabetic)
}

/// Returns whether a text is an escaped label: `&lt;TOKEN&gt;`.
fn is_escaped_label(text: &str) -> bool {
    text.starts_with("&lt;") && text.ends_with("&gt;")
}

/// Returns whether a text is an issuer's prefix and a label: `sk_live_<YOUR_KEY>`.
fn has_label(text: &str) -> bool {
    let label = text.split_once('<').and_then(|(prefix, rest)| Some((prefix, rest.strip_suffix('>')?)));
    label.is_some_and(|(prefix, label)| {
        let is_prefix = prefix.chars().all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character));
        let is_label = label.chars().all(|character| character.is_ascii_alphabetic() || "-_ ".contains(character));
        is_prefix && prefix.len() <= 16 && is_label && (3..40).contains(&label.len())
    })
}

/// The words of a short text in lower case, without accents. Signs, digits and capitals separate them.
struct Words {
    /// All words, without separators. Wiped when dropped, and never moved, because the memory is reserved in advance.
    letters: Zeroizing<String>,
    /// The end of each word.
    ends: Vec<usize>,
}

impl Words {
    fn of(text: &str) -> Self {
        // A letter is at most twice as long in lower case.
        let mut letters = Zeroizing::new(String::with_capacity(2 * text.len().min(4 * READ)));
        let (mut ends, mut begin, mut last_lower) = (Vec::with_capacity(MOST), 0, false);
        for character in text.chars().take(READ) {
            let starts = character.is_uppercase() && last_lower;
            if (starts || !character.is_alphabetic()) && letters.len() > begin {
                begin = letters.len();
                ends.push(begin);
            }
            if character.is_alphabetic() {
                letters.extend(character.to_lowercase().map(plain));
            }
            last_lower = character.is_lowercase();
        }
        if letters.len() > begin {
            ends.push(letters.len());
        }
        Self { letters, ends }
    }

    fn all(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        let begin = |at: usize| at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.iter().enumerate().map(move |(at, end)| self.letters.get(begin(at)..*end).unwrap_or_default())
    }

    /// Returns whether the lengths are those of words: in random characters, digits leave pieces of one or two letters.
    fn are_plain(&self) -> bool {
        let short = self.all().filter(|word| word.len() < 2).count();
        let fit = self.all().all(|word| word.chars().count() <= LONGEST);
        (1..=MOST).contains(&self.ends.len()) && fit && short * 3 <= self.ends.len()
    }

    fn any(&self, list: &[&str]) -> bool {
        self.all().any(|word| list.contains(&word))
    }

    fn starts_with(&self, list: &[&str]) -> bool {
        self.all().next().is_some_and(|word| list.contains(&word))
    }

    fn ends_with(&self, list: &[&str]) -> bool {
        self.all().next_back().is_some_and(|word| list.contains(&word))
    }

    fn any_subject(&self) -> bool {
        PHRASES.iter().any(|phrase| self.letters.contains(phrase))
            || self.any(SUBJECTS)
            || self.all().any(|word| STEMS.iter().any(|stem| word.starts_with(stem)))
    }

    /// Returns whether the text begins with `your-`, or is someone's secret: `sk-your-openai-api-key`, `tu_clave`.
    fn are_owned(&self) -> bool {
        let addressed = self.starts_with(&["your"]) && self.ends.len() > 1;
        addressed || self.any(POSSESSIVES) && (self.any_subject() || self.any(HERE))
    }

    /// Returns whether the text is an instruction: `INSERT_KEY_HERE`, `to be filled`, `get_the_secret_of_above_key`.
    fn instruct(&self) -> bool {
        let asks = self.any(VERBS) || self.any(&["example", "sample"]) || self.any(HERE);
        let polite = self.starts_with(&["to", "please", "bitte", "must", "needs", "should", "not"]);
        let elsewhere = self.starts_with(&["in", "from", "stored", "see"]) && self.ends.len() > 1;
        let first = self.starts_with(VERBS) && self.ends.len() > 1;
        let is_said = |word: &str| [VERBS, FILLERS, GLUE, SUBJECTS].iter().any(|list| list.contains(&word));
        let nothing_else = self.all().all(is_said);
        let long = self.letters.len() >= 6;
        asks && (polite || self.any_subject())
            || first && self.any(FILLERS)
            || nothing_else && long && (self.any(VERBS) || elsewhere)
            || self.starts_with(&["demander"])
    }

    /// Returns whether several words begin or end with a name for a secret: `license_key`, `client-secret`, `mot_de_passe_admin`.
    fn name_a_secret(&self) -> bool {
        let is_at_an_end = |phrase: &str| self.letters.starts_with(phrase) || self.letters.ends_with(phrase);
        let ends = PHRASES.iter().any(|phrase| is_at_an_end(phrase))
            || self.all().next_back().is_some_and(|word| STEMS.iter().any(|stem| word.starts_with(stem)));
        (2..=6).contains(&self.ends.len())
            && (ends || self.ends_with(SUBJECTS))
            && self.all().skip(1).all(|word| word.len() > 1)
    }

    /// Returns whether a secret name is followed by its origin or `value`: `bot-token-from-botfather`, `client_secret_value`.
    fn come_from_somewhere(&self) -> bool {
        let follows = |next: &str| {
            let pairs = self.all().zip(self.all().skip(1));
            pairs.into_iter().any(|(word, after)| SUBJECTS.contains(&word) && after == next)
        };
        follows("from")
            || self.ends_with(&["value", "valor", "wert"]) && follows(self.all().next_back().unwrap_or_default())
    }

    /// Returns whether the text is one word for a secret, with a number at most: `contraseña`, `şifreniz`, `senha123`. Words with
    /// four letters or fewer could be names, and so could `sandi`.
    fn are_one_name(&self, text: &str) -> bool {
        const FEWEST: usize = 5;
        const NUMBER: usize = 4;
        let letters = self.letters.chars().count();
        let is_short = letters >= FEWEST && text.chars().count() <= letters + NUMBER;
        self.ends.len() == 1 && is_short && self.any_subject() && !self.any(&["sandi"])
    }
}

/// Checks the same as [`Words::are_plain`] for ASCII text, without copying it. Most credentials are rejected here.
fn has_plain_words(text: &[u8]) -> bool {
    let (mut words, mut short, mut length, mut last_lower) = (0, 0, 0, false);
    for byte in text.iter().take(READ).chain(b" ") {
        let starts = byte.is_ascii_uppercase() && last_lower;
        if (starts || !byte.is_ascii_alphabetic()) && length > 0 {
            words += 1;
            short += usize::from(length < 2);
            if length > LONGEST || words > MOST {
                return false;
            }
            length = 0;
        }
        length += usize::from(byte.is_ascii_alphabetic());
        last_lower = byte.is_ascii_lowercase();
    }
    words > 0 && short * 3 <= words
}

/// Removes the accents of a letter.
fn plain(character: char) -> char {
    const ACCENTED: [(char, &str); 14] = [
        ('a', "àáâãäåāăąảạấầẩẫậắằẳẵặ"),
        ('c', "çćč"),
        ('d', "đď"),
        ('e', "èéêëēęěẻẽẹếềểễệ"),
        ('g', "ğ"),
        ('i', "ìíîïıīỉĩị"),
        ('l', "łľ"),
        ('n', "ñńň"),
        ('o', "òóôõöőøỏọốồổỗộơớờởỡợ"),
        ('s', "şșśš"),
        ('t', "ţțť"),
        ('u', "ùúûüűůūủũụưứừửữự"),
        ('y', "ýỳỷỹỵ"),
        ('z', "źżž"),
    ];
    if character.is_ascii() {
        return character;
    }
    let found = ACCENTED.iter().find(|(_, accented)| accented.contains(character));
    found.map_or(character, |(letter, _)| *letter)
}

#[cfg(test)]
mod tests {
    use super::{READ, Words, has_plain_words, stand_for_a_secret};

    #[test]
    fn texts_in_ascii_are_told_by_the_lengths_of_their_words_without_a_copy() {
        let long = |length| "a".repeat(length);
        for (text, plain) in [
            ("", false),
            ("1234", false),
            ("a", false),
            ("aa", true),
            ("aaA", false),
            ("aa-b", false),
            ("aa-bb-c", true),
            ("yourKey", true),
            ("YOURKey", true),
            ("q8ZxT3vB7nM1kL5jH9gF2dS6", false),
            (&long(14), true),
            (&long(15), false),
            (&"aa-".repeat(10), true),
            (&"aa-".repeat(11), false),
            (&format!("{}{}", " ".repeat(READ), "aa"), false),
            (&format!("{}{}", " ".repeat(READ - 2), "aa"), true),
        ] {
            assert_eq!(has_plain_words(text.as_bytes()), plain, "{text}");
            assert_eq!(Words::of(text).are_plain(), plain, "{text}");
        }
    }

    #[test]
    fn words_that_stand_for_a_secret_are_known() {
        for text in [
            "your-anthropic-api-key-here",
            "your-giphy-api-key",
            "YOUR_ASSEMBLYAI_API_KEY",
            "your_sk",
            "YourNgrokAuthToken",
            "sk-your-openai-api-key-here",
            "re_your_resend_api_key_here",
            "sk_live_<YOUR_LIVE_KEY>",
            "whsec_<YOUR_WEBHOOK_SECRET>",
            "gsk_your_groq_key",
            "INSERT_KEY_HERE",
            "my-secret-token",
            "# get it from the dashboard",
            "!!!SET POSTGRES_PASSWORD!!!",
            "to be filled",
            "get_the_secret_of_above_key",
            "add-your-hanko-api-key",
            "example2password",
            "swarm2replace2password",
            "seu_auth_token",
            "sua_chave_aqui",
            "tu_contraseña",
            "votre_clé_ici",
            "dein-schlüssel",
            "demander à Pierre",
            "db_password",
            "discord-client-secret",
            "client-secret",
            "license_key",
            "google-map-api-key",
            "bot-token-from-botfather",
            "client_secret_value",
            "get-this-from-your-account-page",
            "contraseña",
            "şifreniz",
            "ο_κωδικός_σου",
            "Passwort1",
            "senha123",
            "password123",
            "&lt;&lt;MY CLIENT_SECRET&gt;&gt;",
        ] {
            assert!(stand_for_a_secret(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_somebody_issued_or_chose_is_no_placeholder() {
        for text in [
            "",
            "hunter2",
            "correct horse battery staple",
            "mastodon-2020",
            "Example-Corp-2024",
            "Summer-in-Key-West!",
            "monkey",
            "sk_live_WGHpjc8XDqTH3B2HhOo2fcJzKUU0a6cxE6wlplW3",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy",
            "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",
            "https://hooks.example.com/services/T00/B00/x7Kq",
            "k3y-9Zq-T0ken-x7",
            "Letters-from-Key-West",
            "token-99887766554433",
            "keys2024",
            "turnkey-7",
            "Sandi1985",
            "Tr0ub4dor&3",
        ] {
            assert!(!stand_for_a_secret(text.as_bytes()), "{text}");
        }
    }
}
