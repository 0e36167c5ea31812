// Look-up tables of the fast face.

/** Longest payload kept, in six-bit letters: five slots are 1,064 bits; room for odd senders. */
export const MAX_LETTERS = 1024

/** Armour letter → six bits; 255 = outside the alphabet. */
export const SIX = new Uint8Array(256).fill(255)
for (let code = 48; code < 88; code++) SIX[code] = code - 48
for (let code = 96; code < 120; code++) SIX[code] = code - 56

/** Six bits → armour letter. */
export const ARMOUR = Uint8Array.from({ length: 64 }, (_, six) => (six < 40 ? six + 48 : six + 56))

/** Hex digit → value; 255 otherwise, which no checksum equals. */
export const HEX = new Uint8Array(256).fill(255)
for (let digit = 0; digit < 10; digit++) HEX[48 + digit] = digit
for (let digit = 0; digit < 6; digit++) HEX[65 + digit] = HEX[97 + digit] = 10 + digit

/** Six bits → ASCII of the text alphabet. */
export const ASCII = new Uint8Array(64)
for (let six = 0; six < 64; six++) ASCII[six] = six < 32 ? six + 64 : six
