//! Scripts of pages. Each is the body of an asynchronous function that returns one line.

/// Returns a script that fetches, and returns the status, the body and two headers of the answer, or the error.
pub(crate) fn fetch(url: &str, options: &str) -> String {
    format!(
        "const answer = await fetch('{url}', {options});
         const header = name => name + '=' + answer.headers.get(name);
         return [answer.status, await answer.text(), header('x-exposed'), header('x-hidden')].join(' ');"
    )
}

/// Returns a script that fetches from a sandboxed frame, and returns the status or the error.
pub(crate) fn in_sandbox(url: &str) -> String {
    format!(
        "const frame = document.createElement('iframe');
         frame.sandbox = 'allow-scripts';
         const script = \"fetch('{url}').then(a => String(a.status), e => e.name).then(t => parent.postMessage(t, '*'))\";
         frame.srcdoc = '<script>' + script + '</' + 'script>';
         const told = new Promise(tell => addEventListener('message', event => tell(event.data), {{once: true}}));
         document.body.append(frame);
         return await told;"
    )
}
