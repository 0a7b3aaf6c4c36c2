exports.handler = async () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^(PARAMETER|PSEUDO|ATTRIBUTE|OWN|LITERAL|SPACED|LONG|BASE64)$/.test(name),
    ),
  );
