//! Pages of a list, as JSON:API asks for them: `page[number]` and `page[size]`.

use std::ops::Range;

use form_urlencoded::Serializer;
use serde_json::{Value, json};

use crate::exchange::{Call, Parameters};

const DEFAULT_SIZE: usize = 20;
const MAXIMUM_SIZE: usize = 100;

/// Returns the document of a list that always has pages.
pub(crate) fn pages<T>(call: &Call, items: &[T], resource: impl Fn(&T) -> Value) -> Value {
    Page::of(&call.query()).unwrap_or(Page::FIRST).document(call, items, resource)
}

/// Returns the document of a list that is whole unless its caller asks for a page.
pub(crate) fn whole_or_page<T>(call: &Call, items: &[T], resource: impl Fn(&T) -> Value) -> Value {
    match Page::of(&call.query()) {
        Some(page) => page.document(call, items, resource),
        None => json!({"data": items.iter().map(resource).collect::<Vec<_>>()}),
    }
}

/// The page that a caller asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    number: usize,
    size: usize,
}

impl Page {
    /// The page that a list shows which always has pages, when the query does not speak of them.
    pub(crate) const FIRST: Page = Page { number: 1, size: DEFAULT_SIZE };

    /// Returns the page that the query asks for, or nothing if it does not speak of pages.
    pub(crate) fn of(query: &Parameters) -> Option<Page> {
        let (number, size) = (query.get("page[number]"), query.get("page[size]"));
        number.or(size)?;
        let parse = |text: Option<&str>| text.and_then(|text| text.parse().ok());
        Some(Page {
            number: parse(number).unwrap_or(1).max(1),
            size: parse(size).unwrap_or(DEFAULT_SIZE).clamp(1, MAXIMUM_SIZE),
        })
    }

    /// Returns which of so many items are on this page; past the end there are none.
    pub(crate) fn range(self, total: usize) -> Range<usize> {
        let end = self.number.saturating_mul(self.size).min(total);
        let start = (self.number - 1).saturating_mul(self.size).min(end);
        start..end
    }

    fn document<T>(self, call: &Call, items: &[T], resource: impl Fn(&T) -> Value) -> Value {
        let shown = items[self.range(items.len())].iter();
        let mut document = json!({"data": shown.map(resource).collect::<Vec<_>>()});
        self.describe(&mut document, call, items.len());
        document
    }

    /// Adds `links` and `meta.pagination` to a document.
    pub(crate) fn describe(self, document: &mut Value, call: &Call, total: usize) {
        let pages = total.div_ceil(self.size).max(1);
        let inside = self.number <= pages;
        let previous = (inside && self.number > 1).then(|| self.number - 1);
        let next = (self.number < pages).then(|| self.number + 1);
        let link = |number: usize| self.link(call, number);
        document["links"] = json!({
            "self": link(self.number),
            "first": link(1),
            "prev": previous.map(link),
            "next": next.map(link),
            "last": link(pages),
        });
        document["meta"]["pagination"] = json!({
            "current-page": self.number,
            "page-size": self.size,
            "prev-page": previous,
            "next-page": next,
            "total-pages": pages,
            "total-count": total,
        });
    }

    /// Returns the address of another page of the same list.
    fn link(self, call: &Call, number: usize) -> String {
        let mut query = Serializer::new(String::new());
        let parameters = call.query();
        let others = parameters.iter().filter(|(name, _)| !name.starts_with("page["));
        query.extend_pairs(others);
        query.append_pair("page[number]", &number.to_string());
        query.append_pair("page[size]", &self.size.to_string());
        format!("{}{}?{}", call.origin(), call.path, query.finish())
    }
}
