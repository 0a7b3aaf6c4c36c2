'use strict';

/** The package that an import names; undefined for a path, a URL or an alias. The loop asks it, too. */
function packageName(specifier) {
  return /^(?:@[^/]+\/)?[^./@#:][^/:]*(?=\/|$)/.exec(specifier ?? '')?.[0];
}

module.exports = { packageName };
