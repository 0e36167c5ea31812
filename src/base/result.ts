// An outcome that is expected to fail sometimes: a value, or a named reason. Bugs throw; refusals return.

export type Result<T, Reason = string> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Reason }

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const refused = <Reason>(reason: Reason): Result<never, Reason> => ({ ok: false, reason })
