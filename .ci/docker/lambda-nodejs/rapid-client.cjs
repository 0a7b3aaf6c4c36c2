// Does for AWS's runtime client what its compiled addon does: the calls of Lambda's Runtime API.
const http = require('node:http');
const process = require('node:process');

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true });

// The client takes an answer for sent when the call returns, and asks for the next invocation: that one waits for it.
let answered = Promise.resolve();

module.exports = {
  async next() {
    await answered;
    const { headers, body } = await call('GET', 'next').catch(endWithTheEmulator);
    return { headers, bodyJson: body };
  },
  done(requestId, result) {
    answered = call('POST', `${requestId}/response`, result);
  },
  error(requestId, error, xrayCause) {
    answered = call('POST', `${requestId}/error`, error, {
      'Lambda-Runtime-Function-Error-Type': JSON.parse(error).errorType,
      'Lambda-Runtime-Function-XRay-Error-Cause': xrayCause,
    });
  },
};

function call(method, path, content, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { method, hostname, port, agent, path: `/2018-06-01/runtime/invocation/${path}`, headers },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }),
        );
      },
    );
    request.on('error', reject);
    request.end(content);
  });
}

function endWithTheEmulator(error) {
  if (error.code === 'ECONNRESET') process.exit(0);
  throw error;
}
