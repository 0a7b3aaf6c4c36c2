export const handler = awslambda.streamifyResponse(async ({ rawPath }, stream) => {
  const out = awslambda.HttpResponseStream.from(stream, {
    statusCode: 201,
    headers: { 'content-type': 'text/plain', 'x-path': rawPath },
    cookies: ['seen=1'],
  });
  for (const part of ['one ', 'two ', 'three']) out.write(part);
  out.end();
});

export const whole = async () => ({ open: false });
