//! Tests for values in content that needs decoding.

use std::io::{Read, Write};

use flate2::{
    Compression,
    write::{DeflateEncoder, GzEncoder, ZlibEncoder},
};

use super::Contents;
use crate::{
    place::Place,
    report::Report,
    values::{Search, Values},
    walk::Bounds,
};

const KEY: &str = "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC";

fn search(content: &mut dyn Read, bounds: Bounds) -> (Vec<String>, Vec<String>) {
    let mut values = Values::new();
    values.add("KEY", KEY);
    let search = Search::new(&values.searched);
    let mut report = Report::default();
    Contents::new(&values, &search, bounds).read(content, &Place::file("f"), &mut report);
    let found = report.findings().iter().map(|finding| finding.place().to_string()).collect();
    (found, report.skipped().iter().map(|skipped| format!("{:?}: {}", skipped.what, skipped.reason)).collect())
}

fn found(content: &[u8]) -> Vec<String> {
    search(&mut &*content, Bounds::default()).0
}

#[test]
fn a_column_counts_the_characters_of_a_line_however_long_it_is() {
    for (before, expected) in [
        ("x".repeat(10), "f:1:11"),
        ("\u{e9}".repeat(10), "f:1:11"),
        ("x".repeat(1_000_000), "f:1:1000001"),
        ("\u{e9}".repeat(1_000_000), "f:1:1000001"),
        (format!("a\nb\n{}", "x\u{1f600}".repeat(300_000)), "f:3:600001"),
        (format!("{}\n", "x".repeat(1_000_000)), "f:2:1"),
    ] {
        assert_eq!(found(format!("{before}{KEY}").as_bytes()), [expected]);
    }
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// An archive as `tar` writes it.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, content) in files {
        let mut entry = |name: &[u8], kind: u8, content: &[u8]| {
            let mut header = [0; 512];
            let name = &name[..name.len().min(100)];
            header[..name.len()].copy_from_slice(name);
            header[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
            header[148..156].fill(b' ');
            header[156] = kind;
            header[257..263].copy_from_slice(b"ustar\0");
            let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
            header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
            archive.extend(header);
            archive.extend(content);
            archive.resize(archive.len().next_multiple_of(512), 0);
        };
        if name.len() > 100 {
            entry(b"././@LongLink", b'L', name.as_bytes());
        }
        entry(name.as_bytes(), b'0', content);
    }
    archive.resize(archive.len() + 1024, 0);
    archive
}

/// A package as `ar` writes it, with a file whose name is short and one whose name is in the list of long names.
fn ar(long_name: &str, content: &[u8]) -> Vec<u8> {
    let entry = |name: &str, content: &[u8]| {
        let header = format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 100_644, content.len());
        [header.as_bytes(), content, &b"\n"[..content.len() % 2]].concat()
    };
    let names = format!("{long_name}/\n");
    [b"!<arch>\n".to_vec(), entry("//", names.as_bytes()), entry("a/", b"odd"), entry("/0", content)].concat()
}

/// An archive as `zip` writes it.
fn zip(files: &[(&str, &[u8], bool)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content, deflated) in files {
        let bytes = if *deflated {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(content).unwrap();
            encoder.finish().unwrap()
        } else {
            content.to_vec()
        };
        let local = archive.len() as u32;
        let fields = |target: &mut Vec<u8>| {
            target.extend([20, 0, 0, 0, if *deflated { 8 } else { 0 }, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            target.extend((bytes.len() as u32).to_le_bytes());
            target.extend((content.len() as u32).to_le_bytes());
            target.extend((name.len() as u16).to_le_bytes());
            target.extend([0, 0]);
        };
        archive.extend(b"PK\x03\x04");
        fields(&mut archive);
        archive.extend(name.as_bytes());
        archive.extend(&bytes);
        directory.extend(b"PK\x01\x02\x14\x00");
        fields(&mut directory);
        directory.extend([0; 10]);
        directory.extend(local.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (begin, length) = (archive.len() as u32, directory.len() as u32);
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([(files.len() as u16).to_le_bytes(), (files.len() as u16).to_le_bytes()].concat());
    archive.extend(length.to_le_bytes());
    archive.extend(begin.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

/// A git object that is not packed.
fn zlib(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// Bytes that cannot be compressed.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 88_172_645_463_325_252_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        b'a' + (state >> 40) as u8 % 26
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// An archive with a script before it, whose offsets count from the start of the script, as Python writes them.
fn script_of(archive: &[u8]) -> Vec<u8> {
    const FRONT: u32 = 10;
    let mut archive = archive.to_vec();
    for (mark, field) in [(b"PK\x01\x02", 42), (b"PK\x05\x06", 16)] {
        let at = archive.windows(4).position(|part| part == mark).unwrap() + field;
        let place = u32::from_le_bytes(archive[at..at + 4].try_into().unwrap()) + FRONT;
        archive[at..at + 4].copy_from_slice(&place.to_le_bytes());
    }
    archive
}

fn base64(content: &[u8]) -> Vec<u8> {
    crate::values::base64(content)
}

#[test]
fn a_value_is_found_in_everything_that_can_be_opened() {
    let text = format!("# one\nKEY={KEY}\n");
    let text = text.as_bytes();
    let layer = tar(&[("app/.env", text)]);
    let long = "d/".repeat(80) + ".env";
    let utf16 = |bytes: fn(u16) -> [u8; 2]| {
        let text: Vec<u16> =
            format!("\u{feff}# \u{1f600}\nKEY=\"{}\" + \"{}\"", &KEY[..9], &KEY[9..]).encode_utf16().collect();
        text.into_iter().flat_map(bytes).collect::<Vec<u8>>()
    };
    for (case, content, expected) in [
        ("gzip", gzip(text), "f:2:5"),
        ("gzip, two members", [gzip(b"# one\n"), gzip(&text[6..])].concat(), "f:2:5"),
        ("gzip of gzip", gzip(&gzip(text)), "f:2:5"),
        ("tar", layer.clone(), "f!app/.env:2:5"),
        ("tar, a long name", tar(&[("a", b"b"), (&long, text)]), &format!("f!{long}:2:5")),
        (
            "a layer of an image",
            tar(&[("manifest.json", b"[]"), ("0a/layer.tar", &layer)]),
            "f!0a/layer.tar!app/.env:2:5",
        ),
        ("a compressed layer", tar(&[("blobs/sha256/0a", &gzip(&layer))]), "f!blobs/sha256/0a!app/.env:2:5"),
        ("a compressed image", gzip(&tar(&[("l.tar", &layer)])), "f!l.tar!app/.env:2:5"),
        ("zip, stored", zip(&[("a", b"", false), ("app/.env", text, false)]), "f!app/.env:2:5"),
        ("zip, deflated", zip(&[("a", b"b", true), ("app/.env", text, true)]), "f!app/.env:2:5"),
        ("zip in zip", zip(&[("b.jar", &zip(&[("x", text, true)]), true)]), "f!b.jar!x:2:5"),
        ("UTF-16, little-endian", utf16(u16::to_le_bytes), "f:2:6"),
        ("UTF-16, big-endian", utf16(u16::to_be_bytes), "f:2:6"),
        ("base64 of gzip", [b"data: ", base64(&gzip(text)).as_slice()].concat(), "f!base64:2:5"),
        ("base64 of base64 of gzip", base64(&base64(&gzip(text))), "f!base64!base64:2:5"),
        (
            "base64 of gzip, longer than what is read at once",
            base64(&gzip(&[text, noise(500_000).as_slice(), b"\n", text].concat())),
            "f!base64:5:5",
        ),
        ("zlib, as git has an object", zlib(&[b"blob 20\0", text].concat()), "f at byte 18"),
        ("a package of Debian", ar("data.tar.gz", &gzip(&layer)), "f!data.tar.gz!app/.env:2:5"),
        (
            "a script and a zip",
            [b"#!/bin/sh\n", script_of(&zip(&[("a.py", text, true)])).as_slice()].concat(),
            "f!a.py:2:5",
        ),
        ("a script that has the value", [b"#!/bin/sh\n", text, &zip(&[("a", b"b", true)])].concat(), "f:3:5"),
        ("a program", [b"\x7fELF\0\0\0\0", text].concat(), "f at byte 18"),
    ] {
        // Compression may leave a short text unchanged.
        assert_eq!(found(&content).last().map(String::as_str), Some(expected), "{case}");
    }
}

#[test]
fn a_name_in_an_archive_is_searched_and_not_printed() {
    let found = found(&tar(&[(&format!("keys/{KEY}.txt"), b"")]));
    assert_eq!(found, ["f![a name with the value of KEY]"]);
}

#[test]
fn a_value_is_found_wherever_a_piece_of_the_stream_ends() {
    // Around the ends of the first pieces, whose length depends on the values.
    let text = |padding: usize| [vec![b'\n'; padding], KEY.as_bytes().to_vec()].concat();
    for around in [1 << 18, (1 << 18) + (1 << 12), 2 << 18] {
        for padding in (around - 48..around + 8).step_by(5) {
            assert_eq!(found(&text(padding)), [format!("f:{}:1", padding + 1)], "{padding}");
        }
    }
    let split = |padding: usize| format!("{}\"{}\" +\n \"{}\"", "x".repeat(padding), &KEY[..20], &KEY[20..]);
    for padding in ((1 << 18) - 60..(1 << 18) + 8).step_by(7) {
        assert_eq!(found(split(padding).as_bytes()), [format!("f:1:{}", padding + 2)], "{padding}");
    }
}

#[test]
fn what_cannot_be_opened_is_said() {
    let text = KEY.as_bytes();
    let compressed = gzip(&[text, &[b'x'; 100_000]].concat());
    let mut encrypted = zip(&[("a", text, false)]);
    let flags = encrypted.windows(4).position(|part| part == b"PK\x01\x02").unwrap() + 8;
    encrypted[flags] = 1;
    let deep = (0..9).fold(text.to_vec(), |content, _| gzip(&content));
    for (case, content, expected) in [
        ("cut off", compressed[..compressed.len() / 2].to_vec(), "damaged"),
        ("zip without a directory", b"PK\x03\x04".to_vec(), "damaged"),
        ("tar, cut into", [tar(&[("a", text)])[..1024].to_vec(), vec![b'x'; 512]].concat(), "damaged"),
        ("zstd", b"\x28\xb5\x2f\xfd".to_vec(), "zstd"),
        ("bzip2", b"BZh91AY&SY".to_vec(), "bzip2"),
        ("a pack", b"PACK\0\0\0\x02".to_vec(), "objects of git"),
        ("ar, cut into", ar("a", text)[..100].to_vec(), "damaged"),
        ("encrypted", encrypted, "encrypted"),
        ("deep", deep, "too many archives"),
    ] {
        let (_, skipped) = search(&mut &*content, Bounds::default());
        assert!(skipped.len() == 1 && skipped[0].contains(expected), "{case}: {skipped:?}");
    }
    for text in [&b"BZhello"[..], b"x\x9chello", b"#!/bin/sh\nPK", b"PACKAGE"] {
        assert_eq!(search(&mut &*text, Bounds::default()).1, Vec::<String>::new());
    }
}

#[test]
fn what_comes_out_of_a_small_archive_is_bounded() {
    let bomb = gzip(&gzip(&vec![0; 3_000_000]));
    let bounds = Bounds { expanded: 300_000, ..Bounds::default() };
    let (found, skipped) = search(&mut &*bomb, bounds);
    assert!(found.is_empty() && skipped.len() == 1 && skipped[0].contains("limit"), "{skipped:?}");
}

#[test]
fn many_places_in_one_file_are_counted() {
    let mut values = Values::new();
    values.add("KEY", KEY);
    let search = Search::new(&values.searched);
    let mut report = Report::default();
    let text = format!("{KEY} {KEY}\n").repeat(1000);
    Contents::new(&values, &search, Bounds::default()).read(&mut text.as_bytes(), &Place::file("f"), &mut report);
    assert_eq!((report.findings().len(), report.omitted()), (10, 990));
}
