import { it } from 'vitest';
import { busyMonday } from './crash-points.test.ts';
import { startServers, makePlace, passHere, rome } from './world.ts';
it('dev', async () => {
  const servers = await startServers();
  busyMonday.history(servers);
  const place = makePlace(servers);
  await passHere(place, [rome('2026-11-08T12:00')], busyMonday.register!);
  busyMonday.arrivals(servers);
  await passHere(place, [busyMonday.moments[0]!], (app) => {
    app.store.read((r) => {
      for (const row of r.all('SELECT * FROM journal ORDER BY id')) console.log(JSON.stringify(row));
    });
  });
  place.remove();
  await servers.stop();
});
