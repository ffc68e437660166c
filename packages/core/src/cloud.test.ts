import { expect, it } from 'vitest';

import { cloudByGraphOrigin, clouds, cloudsByAuthorityHost } from './cloud.ts';

it('finds a cloud by its authority host, old names included', () => {
  expect(cloudsByAuthorityHost('login.microsoftonline.com')).toEqual(['global']);
  expect(cloudsByAuthorityHost('login.windows.net')).toEqual(['global']);
  expect(cloudsByAuthorityHost('login.chinacloudapi.cn')).toEqual(['china']);
});

it('leaves GCC High and DoD apart by their Graph only', () => {
  expect(cloudsByAuthorityHost('login.microsoftonline.us')).toEqual(['usgov', 'dod']);
  expect(cloudByGraphOrigin('https://dod-graph.microsoft.us')).toBe('dod');
  expect(cloudByGraphOrigin('https://graph.microsoft.us')).toBe('usgov');
});

it('does not take a host that only resembles one', () => {
  expect(cloudsByAuthorityHost('login.microsoftonline.com.example.com')).toEqual([]);
  expect(cloudsByAuthorityHost('login.microsoftonline.com:8443')).toEqual([]);
  expect(cloudByGraphOrigin('http://graph.microsoft.com')).toBeUndefined();
});

it('writes every origin as URL.origin would', () => {
  for (const cloud of Object.values(clouds)) {
    expect(new URL(cloud.graph).origin).toBe(cloud.graph);
    expect(new URL(cloud.portal).origin).toBe(cloud.portal);
    expect(new URL(`https://${cloud.authorityHost}`).host).toBe(cloud.authorityHost);
  }
});
