/** A role's unique id: AROA and 17 letters and digits (IAM guide, "Understanding unique ID prefixes"); the same for the same name. */
export function roleIdOf(roleName: string): string {
  const readable = roleName.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
  return `AROA${readable.slice(-17).padStart(17, '0')}`;
}
