import type { Freshet } from "./Freshet";

/** Reports a session as a microscope's agent does: over HTTP, with a token of its own. */
export class Microscope {
  readonly #freshet: Freshet;
  readonly #token: string;
  #foilholes = 0;
  #micrographs = 0;

  constructor(freshet: Freshet, token: string) {
    this.#freshet = freshet;
    this.#token = token;
  }

  /** An acquisition with one grid and one square. */
  async begin(uuid: string, name: string): Promise<void> {
    await this.#report("/acquisitions", {
      uuid,
      name,
      status: "started",
      start_time: new Date().toISOString(),
      instrument_id: "m12",
      instrument_model: "Titan Krios",
    });
    await this.#report(`/acquisitions/${uuid}/grids`, {
      uuid: `${uuid}-g`,
      name: "Grid 1",
      acquisition_uuid: uuid,
    });
    await this.#report(`/grids/${uuid}-g/gridsquares`, {
      uuid: `${uuid}-s`,
      gridsquare_id: "1",
      grid_uuid: `${uuid}-g`,
    });
  }

  async foilhole(uuid: string): Promise<string> {
    this.#foilholes += 1;
    const hole = `${uuid}-h${this.#foilholes}`;
    const id = String(this.#foilholes);
    await this.#report(`/gridsquares/${uuid}-s/foilholes`, [
      { uuid: hole, foilhole_id: id, gridsquare_id: "1", gridsquare_uuid: `${uuid}-s` },
    ]);
    return hole;
  }

  /** @returns its uuid */
  async micrograph(hole: string): Promise<string> {
    this.#micrographs += 1;
    const uuid = `${hole}-m${this.#micrographs}`;
    await this.#report(`/foilholes/${hole}/micrographs`, {
      uuid,
      foilhole_uuid: hole,
      foilhole_id: hole,
    });
    return uuid;
  }

  /** A micrograph of a hole of its own, with its results in Å. */
  async processed(uuid: string, resolution: number, motion: number): Promise<string> {
    const micrograph = await this.micrograph(await this.foilhole(uuid));
    const results = `/micrographs/${micrograph}`;
    const average = motion / 40;
    await this.#report(`${results}/motion_correction/completed`, {
      total_motion: motion,
      average_motion: average,
    });
    await this.#report(`${results}/ctf_estimation/completed`, { ctf_max_res: resolution });
    return micrograph;
  }

  async delete(uuid: string): Promise<void> {
    await this.#freshet.send(this.#token, "DELETE", `/acquisitions/${uuid}`);
  }

  async setStatus(uuid: string, status: string): Promise<void> {
    await this.#freshet.send(this.#token, "PUT", `/acquisitions/${uuid}`, { status });
  }

  async #report(path: string, body: unknown): Promise<void> {
    await this.#freshet.send(this.#token, "POST", path, body);
  }
}
