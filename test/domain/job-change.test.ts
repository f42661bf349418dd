import { inNewJob, judgeJob, type Job } from '../../lib/domain/job-change';
import { lead } from '../leads';

const at = (job: Job, company?: { name?: string; domain?: string }) =>
	judgeJob({ ...lead({ person: { title: 'VP Sales' } }), ...(company && { company }) }, job);

describe('whether a person still works there', () => {
	it.each<[string, Job, string]>([
		['the same domain', { domain: 'northwind.com' }, 'same'],
		['another top-level domain of it', { domain: 'northwind.de' }, 'same'],
		['the legal form added', { name: 'Northwind Inc.' }, 'same'],
		['another company', { name: 'Old Mill Insurance', domain: 'oldmill.com' }, 'changed'],
		['another domain, the same name', { name: 'Northwind', domain: 'nw-group.com' }, 'same'],
		['no company at all', { title: 'CRO' }, 'unknown'],
	])('%s', (_, job, verdict) => {
		expect(at(job).verdict).toBe(verdict);
	});

	it('cannot compare a name with a domain, and does not guess', () => {
		expect(at({ name: 'Northwind' }, { domain: 'northwind.com' }).verdict).toBe('unknown');
		expect(at({ domain: 'oldmill.com' }, { name: 'Northwind' }).verdict).toBe('unknown');
		expect(at({ name: 'Northwind' }, {}).verdict).toBe('unknown');
	});

	it('takes no word of a title for a legal form', () => {
		const moved = (from: string, title: string) =>
			judgeJob(lead({ person: { title: from } }), { domain: 'northwind.com', title }).titleChanged;
		expect(moved('SE', 'se')).toBe(false);
		expect(moved('Founder', 'Co Founder')).toBe(true);
	});

	it('sees a new title at the same company', () => {
		expect(at({ domain: 'northwind.com', title: 'CRO' })).toMatchObject({ titleChanged: true });
		expect(at({ domain: 'northwind.com', title: 'vp sales' })).toMatchObject({
			titleChanged: false,
		});
	});
});

it('takes nothing of the old company into the new job', () => {
	const old = lead({
		person: { title: 'Director', seniority: 'director', city: 'Boston' },
		company: { employeeCount: 800, industry: 'software' },
	});
	const moved = inNewJob(old, { name: 'Old Mill', title: 'CRO' });
	expect(moved.company).toEqual({ name: 'Old Mill' });
	expect(moved.person).toEqual({
		firstName: 'Dana',
		lastName: 'Whitfield',
		city: 'Boston',
		title: 'CRO',
	});
	expect(old.company.employeeCount).toBe(800);
});
