import { createHash } from 'node:crypto';
import type { Lead } from '../../domain/lead';

/**
 * What is sent along with a lead and comes back with its answer, minutes later and in any order: its
 * place in the job, and by which address it was asked, without saying it.
 */
export const marksOf = (lead: Lead, place: number): Readonly<Record<string, string>> => ({
	place: String(place),
	...(lead.identity.email && { email: digest(lead.identity.email) }),
});

export interface Marks {
	readonly place?: string | null | undefined;
	readonly email?: string | null | undefined;
}

/** The status of an address; nothing where it is not the lead's own, which stays and has another. */
export const statusFor = (
	email: string | null | undefined,
	status: string | undefined,
	{ email: askedBy }: Marks,
): string | undefined => (!askedBy || (email && digest(email) === askedBy) ? status : undefined);

const digest = (email: string) =>
	createHash('sha256').update(email.trim().toLowerCase()).digest('hex').slice(0, 16);

/** The rows in the order of the leads. */
export const inPlace = <Row>(rows: readonly Row[], marks: (row: Row) => Marks): Row[] =>
	rows
		.map((row, index) => ({ row, place: Number(marks(row).place ?? index) }))
		.sort((a, b) => a.place - b.place)
		.map(({ row }) => row);
