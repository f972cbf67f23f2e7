//! A map from the path of a group and the name of a field to a value.

use std::{cell::Cell, collections::BTreeMap, ops::Bound, rc::Rc};

/// The values of fields. They are written and read group by group, so the last group is checked first.
pub(super) struct ByGroup<T> {
    numbers: BTreeMap<Rc<str>, usize>,
    groups: Vec<Group<T>>,
    last: Cell<usize>,
}

/// The fields of one group. They are few, so they are searched linearly.
struct Group<T> {
    path: Rc<str>,
    fields: Vec<(&'static str, T)>,
}

impl<T> Default for ByGroup<T> {
    fn default() -> Self {
        Self { numbers: BTreeMap::new(), groups: Vec::new(), last: Cell::new(0) }
    }
}

impl<T> ByGroup<T> {
    pub(super) fn get(&self, path: &str, field: &str) -> Option<&T> {
        let fields = &self.groups.get(self.number(path)?)?.fields;
        fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value)
    }

    pub(super) fn get_mut(&mut self, path: &str, field: &str) -> Option<&mut T> {
        let number = self.number(path)?;
        let fields = &mut self.groups.get_mut(number)?.fields;
        fields.iter_mut().find(|(name, _)| *name == field).map(|(_, value)| value)
    }

    /// Adds the value of a field that does not have one.
    pub(super) fn add(&mut self, path: &str, field: &'static str, value: T) {
        let number = self.number(path).unwrap_or_else(|| self.begin(path));
        if let Some(group) = self.groups.get_mut(number) {
            group.fields.push((field, value));
        }
    }

    /// Removes the values of all groups whose paths begin with a prefix.
    pub(super) fn clear_behind(&mut self, inside: &str) {
        let behind = self.numbers.range::<str, _>((Bound::Included(inside), Bound::Unbounded));
        for (_, number) in behind.take_while(|(path, _)| path.starts_with(inside)) {
            if let Some(group) = self.groups.get_mut(*number) {
                group.fields.clear();
            }
        }
    }

    fn number(&self, path: &str) -> Option<usize> {
        let is_last = self.groups.get(self.last.get()).is_some_and(|group| &*group.path == path);
        if !is_last {
            self.last.set(*self.numbers.get(path)?);
        }
        Some(self.last.get())
    }

    fn begin(&mut self, path: &str) -> usize {
        let (path, number) = (Rc::<str>::from(path), self.groups.len());
        self.numbers.insert(Rc::clone(&path), number);
        self.groups.push(Group { path, fields: Vec::new() });
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_group_and_its_field_until_it_is_cleared() {
        let mut values = ByGroup::default();
        for (number, (path, field)) in [
            ("", "port"),
            ("list.0", "url"),
            ("list.0", "name"),
            ("list.0.pool", "size"),
            ("listing", "url"),
            ("", "url"),
        ]
        .into_iter()
        .enumerate()
        {
            assert_eq!(values.get(path, field), None);
            values.add(path, field, number);
            assert_eq!(values.get(path, field), Some(&number), "{path} {field}");
        }
        *values.get_mut("list.0", "url").unwrap() = 9;
        assert_eq!((values.get("list.0", "url"), values.get("", "url")), (Some(&9), Some(&5)));
        values.clear_behind("list.");
        for (path, field, expected) in [
            ("list.0", "url", None),
            ("list.0.pool", "size", None),
            ("list.1", "url", None),
            ("listing", "url", Some(&4)),
            ("", "port", Some(&0)),
        ] {
            assert_eq!(values.get(path, field), expected, "{path} {field}");
        }
        values.add("list.0", "url", 7);
        assert_eq!((values.get("list.0", "url"), values.get("list.0", "name")), (Some(&7), None));
    }
}
