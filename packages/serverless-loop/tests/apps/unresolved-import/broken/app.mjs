import './not-there.js';

export const handler = async () => 1;
