import type { ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { ClayTableApi } from '../../credentials/ClayTableApi.credentials';
import { FullEnrichApi } from '../../credentials/FullEnrichApi.credentials';
import { PeopleDataLabsApi } from '../../credentials/PeopleDataLabsApi.credentials';
import { ZoomInfoLegacyApi } from '../../credentials/ZoomInfoLegacyApi.credentials';

const credentials: ReadonlyArray<ICredentialType & { test: ICredentialTestRequest }> = [
	new ClayTableApi(),
	new FullEnrichApi(),
	new PeopleDataLabsApi(),
	new ZoomInfoLegacyApi(),
];

it.each(credentials.map((credential) => [credential.displayName, credential] as const))(
	'%s says more than "Unauthorized" when its vendor refuses the key',
	(_name, { test }) => {
		const told = (test.rules ?? []).flatMap((rule) =>
			rule.type === 'responseCode' && rule.properties.value === 401
				? [rule.properties.message]
				: [],
		);
		expect(told).toEqual([expect.stringMatching(/does not (know|take) .+[.:] .+/)]);
	},
);
