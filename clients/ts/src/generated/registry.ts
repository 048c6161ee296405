// Generated from schema/ by `npm run generate`; do not edit.

import type { OneOf, Queried } from "../contract.js";
import type { AdminInfo, AdminMsg, Assurance, Binary, Category, Measure, Uint64 } from "./shared.js";

// registry: `device-registry`

export interface ConfigInfo {
  consent: string;
  /** In every signed body of this deployment. */
  deployment_id: Binary;
}

export interface DeviceInfo {
  /** Number of the last action; the next is one more. */
  action: Uint64;
  assurance: Assurance;
  calibrated_from?: number | null;
  calibrated_until?: number | null;
  categories: Category[];
  device: Uint64;
  firmware: number;
  /** The registered gateway that keeps its key. */
  gateway?: Uint64 | null;
  /** The newest. */
  key: KeyMsg;
  /** Sequence number of the first batch the newest key signs, 0 where it is the only one. */
  key_from_sequence: Uint64;
  lost_from_ms?: number | null;
  measures: Measure[];
  model: number;
  paired_from_ms?: number | null;
  /** Number of the last pairing. */
  pairing: number;
  /** With whom it is paired now. */
  patient?: Uint64 | null;
  /** Whether it is marked as recalled. */
  recalled: boolean;
  registrant: string;
  retirement?: RetirementInfo | null;
  serial_commitment: Binary;
  status: DeviceStatus;
}

export type DeviceStatus = "active" | "suspended" | "retired";

export interface DevicesPage {
  devices: PatientDevice[];
}

export interface FirmwareInfo {
  approved_at_ms: number;
  /** SHA-256 of the image. */
  digest: Binary;
  version: number;
}

export interface FirmwarePage {
  firmware: FirmwareInfo[];
}

/** The registered gateway that keeps a sensor's key: it signs the sensor's registration. */
export interface HolderMsg {
  gateway: Uint64;
  signature: Binary;
}

export interface KeyInfo {
  /** Sequence number of the first batch it signs, 0 for the first key. */
  from_sequence: Uint64;
  key: KeyMsg;
  /** From 1. */
  number: number;
  /** When another key followed; absent for the newest. */
  rotated_at_ms?: number | null;
}

/** A public key in a message. */
export interface KeyMsg {
  /** 32 bytes (ed25519) or a compressed point of 33. */
  bytes: Binary;
  scheme: SignatureScheme;
}

export interface KeysPage {
  keys: KeyInfo[];
}

export interface MakerInfo {
  key: KeyMsg;
  maker: string;
  name: string;
  suspended: boolean;
}

export interface MakersPage {
  makers: MakerInfo[];
}

export interface ModelInfo {
  lowest_firmware: number;
  maker: string;
  measures: Measure[];
  model: number;
  name: string;
  /** 0 where none is approved. */
  newest_firmware: number;
}

export interface ModelsPage {
  models: ModelInfo[];
}

export interface PairingInfo {
  from_ms: number;
  pairing: number;
  patient: Uint64;
  /** Absent while it lasts. */
  to_ms?: number | null;
}

export interface PairingsPage {
  pairings: PairingInfo[];
}

export interface PatientDevice {
  device: Uint64;
  /** Whether that pairing lasts. */
  paired: boolean;
  /** Number of its last pairing with this patient. */
  pairing: number;
}

export interface RecallInfo {
  at_ms: number;
  from_firmware: number;
  /** SHA-256 of the published reason. */
  reason: Binary;
  to_firmware: number;
}

export interface RecallsInfo {
  recalls: RecallInfo[];
}

export interface RetirementInfo {
  at_ms: number;
  /** Number of the last batch the device closed, by its own signature; absent where it was dead. */
  last_sequence?: Uint64 | null;
}

export type SignatureScheme = "ed25519" | "secp256k1" | "secp256r1";

/** What a device signed, and its signature of 64 bytes. */
export interface SignedBody {
  body: Binary;
  signature: Binary;
}

export interface TransferInfo {
  from_patient: Uint64;
  to_patient: Uint64;
}

/** Why what a device measured does not count. */
export type Unusable =
  /** It was with nobody. */
  | {
    not_paired: Record<string, never>;
  }
  /** Reported out of its patient's hands from then on. */
  | {
    lost: {
      from_ms: number;
    };
  }
  /** Suspended, or its firmware recalled. */
  | {
    halted: {
      from_ms: number;
      /** Absent while it lasts. */
      to_ms?: number | null;
    };
  }
  /** Its firmware is recalled from then on, and the device is not yet marked for it. */
  | {
    recalled: {
      from_ms: number;
    };
  }
  | {
    retired: {
      from_ms: number;
    };
  }
  /** It was halted twice in one pairing: what came before the end of the first time is given up. */
  | {
    before_restored: {
      usable_from_ms: number;
    };
  };

export interface UsableInfo {
  calibrated: boolean;
  /** The pairing that held then. */
  pairing?: PairingInfo | null;
  /** Why not. */
  reason?: Unusable | null;
  usable: boolean;
}

/** Messages of `device-registry` by name, each with what it carries. */
export interface ExecuteMsgs {
  /** Housekeeping, see `AdminMsg`. */
  admin: AdminMsg;
  /**
   * Owner: admits an organisation that attests devices, with the key it attests by. Replaces the name and key of
   * a maker already admitted, and ends its suspension. Fails while paused.
   */
  admit_maker: {
    key: KeyMsg;
    maker: string;
    name: string;
  };
  /** Owner: a suspended maker attests, lists and calibrates nothing more. What it attested stays. */
  suspend_maker: {
    maker: string;
  };
  /**
   * A maker: lists a model. Its number is in the event `model_listed`. Measures are one or more, none twice;
   * firmware below `lowest_firmware` is neither registered nor paired. Fails while paused, for a suspended
   * maker, and beyond `MAX_MODELS`.
   */
  list_model: {
    lowest_firmware: number;
    measures: Measure[];
    name: string;
  };
  /**
   * The model's maker, unless suspended: devices of the model may update to this version, whose image has this
   * SHA-256. Fails unless the version is above every approved one and not below the model's lowest.
   */
  approve_firmware: {
    digest: Binary;
    model: number;
    version: number;
  };
  /**
   * The model's maker, unless suspended: firmware below is neither registered nor paired from now on. Fails
   * unless it is above the lowest there was, and at most the newest approved.
   */
  raise_lowest_firmware: {
    lowest: number;
    model: number;
  };
  /**
   * The model's maker, unless suspended, or the owner: what devices with firmware from one version to another
   * (both included) measure from now on does not count until they update out of that range. `reason` is the
   * SHA-256 of the published reason. Final; at most `MAX_RECALLS` a model, one fewer by its maker. Reaches each
   * device's own record by `MarkRecalled`.
   */
  recall: {
    from_firmware: number;
    model: number;
    reason: Binary;
    to_firmware: number;
  };
  /**
   * Anybody: 1 to `MAX_MARKED` devices whose firmware is recalled bear it in their records, from the time of the
   * recall. One marked already is left as it is. Fails where no recall covers one of them, or one is retired.
   */
  mark_recalled: {
    devices: Uint64[];
  };
  /**
   * The account the body names: registers a device under a signature of its own (possession), and of its maker
   * (attestation) for full assurance. The body is a `Registration`. For a sensor that cannot sign, `holder` is
   * the registered gateway that keeps its key. The device's number is in the event `registered`. Fails while
   * paused, on a bad signature, an unknown model, firmware too low or recalled, or a key already registered.
   */
  register: {
    attestation?: Binary | null;
    body: Binary;
    holder?: HolderMsg | null;
    possession: Binary;
  };
  /**
   * The patient, or a guardian with the power `grant`: takes a device. The device signs the body, a
   * `PairingAction`. Fails while paused, or when the device is paired already, lost, suspended, retired, or its
   * firmware too low or recalled.
   */
  pair: {
    body: Binary;
    signature: Binary;
  };
  /**
   * The patient the device is paired with, or a guardian with the power `grant`: ends the pairing now, with the
   * device's signature over a `PairingAction` or, where it is broken or out of reach, without. Ends a suspension
   * too.
   */
  unpair: {
    device: Uint64;
    signed?: SignedBody | null;
  };
  /**
   * The patient the device is paired with, or a guardian with the power `grant`: offers it to another. The
   * device signs the body, a `Transfer` that names both patients. Replaces an earlier offer; any later action of
   * the device makes it void. Fails while paused, and for a device that cannot be paired.
   */
  transfer: {
    body: Binary;
    signature: Binary;
  };
  /**
   * The patient it was offered to, or a guardian with the power `grant`: ends the one pairing and begins the
   * next. Fails while paused, without an offer that still stands, and for a device that cannot be paired.
   */
  accept_transfer: {
    device: Uint64;
  };
  /**
   * The patient the device is paired with, or a guardian with the power `grant`: takes the offer back. Fails
   * without one.
   */
  withdraw_transfer: {
    device: Uint64;
  };
  /**
   * The patient the device is paired with, or a guardian with the power `grant`; who registered it while it is
   * with nobody: what it measures from now on does not count, and it does not pair. Fails when it is suspended
   * already or retired.
   */
  suspend: {
    device: Uint64;
  };
  /** Whoever may suspend it: it may be used again from now on. Fails when it is not suspended. */
  restore: {
    device: Uint64;
  };
  /**
   * The patient the device is paired with, or a guardian with the power `revoke`: the device was lost from this
   * time on (milliseconds, from the pairing's start to now, both included). A later report may only move it
   * earlier. What was anchored stays and reads as after-lost. A lost device is never found: its key may have
   * been in other hands.
   */
  report_lost: {
    device: Uint64;
    lost_from_ms: number;
  };
  /**
   * The patient the device is paired with, or a guardian with the power `grant`; who registered it while it is
   * with nobody: ends its use and its pairing for ever. The device signs its last sequence number in the body, a
   * `Retiring`, so that batches left out at the end are seen; without a signature, where it is dead, the number
   * is unknown and the record says so.
   */
  retire: {
    device: Uint64;
    signed?: SignedBody | null;
  };
  /**
   * The patient the device is paired with, or a guardian with the power `grant`; who registered it while it is
   * with nobody: another key signs from a sequence number on, which is above that of the rotation before, by
   * `MAX_KEY_BATCHES` at most. Both keys sign the body, a `KeyRotation`. Actions and alerts take the new key at
   * once. Fails when the new key is or was a registered one, beyond `MAX_ROTATIONS`, and for a device lost or
   * retired.
   */
  rotate_key: {
    body: Binary;
    new_signature: Binary;
    old_signature: Binary;
  };
  /**
   * Anybody: hands in what the device signed, a `FirmwareUpdate`: it runs a version above its last, approved for
   * its model with this very image. Never downwards. Ends what a recall of the older firmware did. Fails for a
   * version too low or recalled and for a device retired.
   */
  update_firmware: {
    body: Binary;
    signature: Binary;
  };
  /**
   * The device's maker, unless suspended: the device is calibrated from a date not before now (now if absent)
   * until another. A calibration that lasts is only ever prolonged, without a gap. Fails for a device retired.
   */
  calibrate: {
    device: Uint64;
    from?: number | null;
    until: number;
  };
}

/** Queries of `device-registry` by name, each with what it asks. */
export interface QueryMsgs {
  admin: Record<string, never>;
  config: Record<string, never>;
  maker: {
    maker: string;
  };
  /** All makers, by address. */
  makers: {
    limit?: number | null;
    start_after?: string | null;
  };
  model: {
    model: number;
  };
  /** A maker's models, by number. */
  models: {
    limit?: number | null;
    maker: string;
    start_after?: number | null;
  };
  /** Firmware approved for a model, by version. */
  firmware: {
    limit?: number | null;
    model: number;
    start_after?: number | null;
  };
  /** A model's recalls, oldest first: at most 8. */
  recalls: {
    model: number;
  };
  device: {
    device: Uint64;
  };
  /** The device that has or had a key. */
  device_by_key: {
    key: KeyMsg;
  };
  /** Devices that are or were with a patient, by number. */
  devices: {
    limit?: number | null;
    patient: Uint64;
    start_after?: Uint64 | null;
  };
  pairing: {
    device: Uint64;
    pairing: number;
  };
  /** A device's pairings, oldest first. */
  pairings: {
    device: Uint64;
    limit?: number | null;
    start_after?: number | null;
  };
  /** The offer of a device to another patient that stands now. */
  transfer: {
    device: Uint64;
  };
  /** Whether what a device measured at a time counts, and whose it was then. */
  usable: {
    at_ms: number;
    device: Uint64;
  };
  /** A device's keys, oldest first; the newest one is the last. `start_after` is a number. */
  key_history: {
    device: Uint64;
    limit?: number | null;
    start_after?: number | null;
  };
}

/** The answer to each query. */
export interface Responses {
  admin: AdminInfo;
  config: ConfigInfo;
  device: DeviceInfo;
  device_by_key: DeviceInfo;
  devices: DevicesPage;
  firmware: FirmwarePage;
  key_history: KeysPage;
  maker: MakerInfo;
  makers: MakersPage;
  model: ModelInfo;
  models: ModelsPage;
  pairing: PairingInfo;
  pairings: PairingsPage;
  recalls: RecallsInfo;
  transfer: TransferInfo;
  usable: UsableInfo;
}

/** One message, as it goes to the contract. */
export type ExecuteMsg = OneOf<ExecuteMsgs>;

/** One query, as it goes to the contract. */
export type QueryMsg = OneOf<QueryMsgs>;

/** Asks `device-registry`; fails as `Queried.smart` does. */
export class RegistryQueries {
  constructor(
    private readonly node: Queried,
    /** The contract's. */
    readonly address: string,
  ) {}

  admin(): Promise<Responses["admin"]> {
    return this.node.smart(this.address, { admin: {} });
  }

  config(): Promise<Responses["config"]> {
    return this.node.smart(this.address, { config: {} });
  }

  maker(args: QueryMsgs["maker"]): Promise<Responses["maker"]> {
    return this.node.smart(this.address, { maker: args });
  }

  /** All makers, by address. */
  makers(args: QueryMsgs["makers"]): Promise<Responses["makers"]> {
    return this.node.smart(this.address, { makers: args });
  }

  model(args: QueryMsgs["model"]): Promise<Responses["model"]> {
    return this.node.smart(this.address, { model: args });
  }

  /** A maker's models, by number. */
  models(args: QueryMsgs["models"]): Promise<Responses["models"]> {
    return this.node.smart(this.address, { models: args });
  }

  /** Firmware approved for a model, by version. */
  firmware(args: QueryMsgs["firmware"]): Promise<Responses["firmware"]> {
    return this.node.smart(this.address, { firmware: args });
  }

  /** A model's recalls, oldest first: at most 8. */
  recalls(args: QueryMsgs["recalls"]): Promise<Responses["recalls"]> {
    return this.node.smart(this.address, { recalls: args });
  }

  device(args: QueryMsgs["device"]): Promise<Responses["device"]> {
    return this.node.smart(this.address, { device: args });
  }

  /** The device that has or had a key. */
  deviceByKey(args: QueryMsgs["device_by_key"]): Promise<Responses["device_by_key"]> {
    return this.node.smart(this.address, { device_by_key: args });
  }

  /** Devices that are or were with a patient, by number. */
  devices(args: QueryMsgs["devices"]): Promise<Responses["devices"]> {
    return this.node.smart(this.address, { devices: args });
  }

  pairing(args: QueryMsgs["pairing"]): Promise<Responses["pairing"]> {
    return this.node.smart(this.address, { pairing: args });
  }

  /** A device's pairings, oldest first. */
  pairings(args: QueryMsgs["pairings"]): Promise<Responses["pairings"]> {
    return this.node.smart(this.address, { pairings: args });
  }

  /** The offer of a device to another patient that stands now. */
  transfer(args: QueryMsgs["transfer"]): Promise<Responses["transfer"]> {
    return this.node.smart(this.address, { transfer: args });
  }

  /** Whether what a device measured at a time counts, and whose it was then. */
  usable(args: QueryMsgs["usable"]): Promise<Responses["usable"]> {
    return this.node.smart(this.address, { usable: args });
  }

  /** A device's keys, oldest first; the newest one is the last. `start_after` is a number. */
  keyHistory(args: QueryMsgs["key_history"]): Promise<Responses["key_history"]> {
    return this.node.smart(this.address, { key_history: args });
  }
}
