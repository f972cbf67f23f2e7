//! What all requests read, and nobody counts.

use std::{
    any::Any,
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};

/// How many values are kept.
const MOST: usize = 64;

/// A value that all clones share.
///
/// Cloning an [`Arc`] counts its users, in a place that all threads share: axum clones the stack of layers for each request, so that
/// this is a good part of what a layer costs. A value that lives as long as the process needs no count. So the first few of a
/// process are kept for good, and a process that makes ever new ones takes no more memory than that.
#[derive(Debug)]
pub(crate) enum Shared<T: 'static> {
    Kept(&'static T),
    Counted(Arc<T>),
}

impl<T: Send + Sync + 'static> Shared<T> {
    pub(crate) fn new(value: T) -> Self {
        static KEPT: Mutex<Vec<&'static (dyn Any + Send + Sync)>> = Mutex::new(Vec::new());
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            return Self::Counted(Arc::new(value));
        }
        let value: &'static T = Box::leak(Box::new(value));
        kept.push(value);
        Self::Kept(value)
    }
}

impl<T> Clone for Shared<T> {
    #[inline]
    fn clone(&self) -> Self {
        match self {
            Self::Kept(value) => Self::Kept(value),
            Self::Counted(value) => Self::Counted(Arc::clone(value)),
        }
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        match self {
            Self::Kept(value) => value,
            Self::Counted(value) => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_keeps_a_few_values_and_gives_the_others_back() {
        let alive = Arc::new(());
        let values: Vec<_> = (0..2 * MOST).map(|_| Shared::new(Arc::clone(&alive))).collect();
        assert!(values.iter().all(|value| Arc::ptr_eq(value, &alive) && Arc::ptr_eq(&value.clone(), &alive)));
        drop(values);
        let kept = Arc::strong_count(&alive) - 1;
        assert!(kept <= MOST, "{kept}");
    }
}
