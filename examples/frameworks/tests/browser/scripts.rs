//! What pages do, each as the body of an asynchronous script that returns one line.

/// Fetches, and says status, body, and two headers of the answer; or the error.
pub(crate) fn fetch(url: &str, options: &str) -> String {
    format!(
        "const answer = await fetch('{url}', {options});
         const header = name => name + '=' + answer.headers.get(name);
         return [answer.status, await answer.text(), header('x-exposed'), header('x-hidden')].join(' ');"
    )
}

/// Fetches from a sandboxed frame, and says the status; or the error.
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
