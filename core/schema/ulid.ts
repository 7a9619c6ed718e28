/** A ULID, as alerts and much else are called by: 26 digits of base 32, of which the first ten are the time. */
export const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
