// Generated from schema/ by `npm run generate`; do not edit.

import type { ContractCall } from "../contract.js";
import type { ExecuteMsgs } from "./claims.js";

// Builds messages of `claims` for `Vitals.send`; sends nothing.

/** Housekeeping, see `AdminMsg`. */
export function admin(args: ExecuteMsgs["admin"]): ContractCall {
  return { contract: "claims", msg: { admin: args } };
}

/** Owner: lets products be sold in a denomination. Fails where a token's contract does not answer as a cw20 does. */
export function admitDenom(args: ExecuteMsgs["admit_denom"]): ContractCall {
  return { contract: "claims", msg: { admit_denom: args } };
}

/** Owner: no new product is sold in it. What is sold goes on. */
export function dismissDenom(args: ExecuteMsgs["dismiss_denom"]): ContractCall {
  return { contract: "claims", msg: { dismiss_denom: args } };
}

/**
 * An insurer's own account: gives an account these parts in its work, in place of those it had; none takes it
 * out. Fails for an account with neither a live insurer credential nor a product, for whoever is or was an
 * arbiter of its products, and beyond `MAX_STAFF`.
 */
export function setStaff(args: ExecuteMsgs["set_staff"]): ContractCall {
  return { contract: "claims", msg: { set_staff: args } };
}

/**
 * The insurer's own account: withdrawals, awards and new terms of this product above an amount take two people
 * from now on; `None` takes the limit away. A withdrawal or terms that wait for a second person are forgotten.
 */
export function setTwoPeopleAbove(args: ExecuteMsgs["set_two_people_above"]): ContractCall {
  return { contract: "claims", msg: { set_two_people_above: args } };
}

/**
 * An account with a live insurer credential, or an underwriter of one: creates a product, in its first version.
 * Its number is in the event `product_created`. Fails while paused, on terms that can never be met, and where an
 * invoice's deadline is shorter than this contract allows.
 */
export function createProduct(args: ExecuteMsgs["create_product"]): ContractCall {
  return { contract: "claims", msg: { create_product: args } };
}

/**
 * The product's insurer or its underwriter: the next version of a product's terms, which policies bound from now
 * on have. Its denomination stays. Fails while paused, without a live credential of the insurer, and as creating
 * does. Where one policy would lock more than the product's limit for one person, the first call is noted, and a
 * second person's call with the same terms carries it out.
 */
export function amendProduct(args: ExecuteMsgs["amend_product"]): ContractCall {
  return { contract: "claims", msg: { amend_product: args } };
}

/** The product's insurer or its underwriter: whether it is sold. Policies sold go on. */
export function setOnSale(args: ExecuteMsgs["set_on_sale"]): ContractCall {
  return { contract: "claims", msg: { set_on_sale: args } };
}

/** Anybody: adds to the product's pool. Takes one amount of the product's denomination. */
export function deposit(args: ExecuteMsgs["deposit"]): ContractCall {
  return { contract: "claims", msg: { deposit: args } };
}

/**
 * The product's insurer or its treasurer: moves what is not locked from the pool to the insurer's account. Above
 * the product's limit for one person the first call is noted, and a second person's call for the same amount
 * moves it.
 */
export function withdraw(args: ExecuteMsgs["withdraw"]): ContractCall {
  return { contract: "claims", msg: { withdraw: args } };
}

/**
 * Anybody (an employer, a parent): offers a patient a policy, paying its first premium, which is held for them.
 * The policy's number is in the event `policy_offered`. Fails while paused, and as `Bind` does for the product
 * and its insurer.
 */
export function offer(args: ExecuteMsgs["offer"]): ContractCall {
  return { contract: "claims", msg: { offer: args } };
}

/** Who offered it, or once the offer's time is over anybody: ends an offer, and gives the premium back. */
export function withdrawOffer(args: ExecuteMsgs["withdraw_offer"]): ContractCall {
  return { contract: "claims", msg: { withdraw_offer: args } };
}

/**
 * The patient, or a guardian with the power `claim`: takes an offer as it stands. The benefit of every claim is
 * locked. Fails while paused, once the offer's time is over, and as `Bind` does.
 */
export function accept(args: ExecuteMsgs["accept"]): ContractCall {
  return { contract: "claims", msg: { accept: args } };
}

/**
 * The patient, or a guardian with the power `claim`: takes out a policy, paying its first premium exactly. The
 * benefit of every claim, the possible rebate and the bonds are locked; the payee is fixed. The policy's number
 * is in the event `policy_bound`. Fails while paused, when the product is not on sale or its terms are newer
 * than `version`, when its insurer has no live credential, when the pool has too little free, or when the
 * patient has a live policy of the product: one under which something may still be claimed.
 */
export function bind(args: ExecuteMsgs["bind"]): ContractCall {
  return { contract: "claims", msg: { bind: args } };
}

/**
 * Anybody: pays the next instalment exactly; a rebate that waited for it is paid with it. Fails when all are
 * paid, and once the grace after its due date is over.
 */
export function payPremium(args: ExecuteMsgs["pay_premium"]): ContractCall {
  return { contract: "claims", msg: { pay_premium: args } };
}

/**
 * The policyholder (who paid for it first), or on a ground the patient or a guardian with the power `claim`:
 * ends cover now, or when an instalment that is not paid was due. The premium of the time that is left, less the
 * minimum charge, is then due to who paid it. It stays locked until `Expire`, and is the insurer's if a claim or
 * the rebate is paid. Before cover has begun the policy is over, and what is due is paid at once.
 */
export function cancel(args: ExecuteMsgs["cancel"]): ContractCall {
  return { contract: "claims", msg: { cancel: args } };
}

/** Anybody, once the grace of an unpaid instalment is over: cover ended when it was due. */
export function lapse(args: ExecuteMsgs["lapse"]): ContractCall {
  return { contract: "claims", msg: { lapse: args } };
}

/**
 * Anybody, once cover and the time to file are over and no claim is open: ends the policy, pays the refund that
 * a cancellation left due, unless a claim or the rebate was paid, and frees the rest of its lock. What was paid
 * last goes back first, to who paid it, and of the first payment the rest to the policyholder.
 */
export function expire(args: ExecuteMsgs["expire"]): ContractCall {
  return { contract: "claims", msg: { expire: args } };
}

/**
 * The patient, a guardian with the power `claim`, or whoever holds a grant for payment and disclosure: claims,
 * publishing the readings for ever. Paid in the same transaction when they meet the product's rule, else an
 * error names the first term not met. Fails while an instalment is due, and for time that an earlier claim used
 * up, under this policy or an earlier one of the patient and product. Never paused.
 */
export function claim(args: ExecuteMsgs["claim"]): ContractCall {
  return { contract: "claims", msg: { claim: args } };
}

/**
 * As `Claim`: shows days of the reward's measure, publishing the readings for ever. Each day counts once. Once
 * there are enough, the rebate is paid in the same transaction, if as much premium was paid and not refunded;
 * else with the instalment that makes it so.
 */
export function claimReward(args: ExecuteMsgs["claim_reward"]): ContractCall {
  return { contract: "claims", msg: { claim_reward: args } };
}

/**
 * As `Claim`, for a product of invoices: files an invoice, known by its digest, with the deposit the product
 * asks for. Its number is in the event `claim_filed`. Never paused. Who decides on it (the insurer and its
 * staff, the arbiter) does not file it on a grant.
 */
export function fileInvoice(args: ExecuteMsgs["file_invoice"]): ContractCall {
  return { contract: "claims", msg: { file_invoice: args } };
}

/**
 * The insurer or its assessor, until the deadline: awards a sum up to what is claimed, which is paid at once.
 * Less than that takes the digest of a reason, and may be appealed. Above the product's limit for one person it
 * takes two, as `Withdraw` does. Whoever filed the claim does not assess it.
 */
export function assess(args: ExecuteMsgs["assess"]): ContractCall {
  return { contract: "claims", msg: { assess: args } };
}

/** Whoever may file a claim, until the deadline: takes an award of less than was claimed to the arbiter, once. */
export function appeal(args: ExecuteMsgs["appeal"]): ContractCall {
  return { contract: "claims", msg: { appeal: args } };
}

/**
 * The policy's arbiter, until the deadline: the last word; not less than was awarded before. Who loses pays the
 * arbiter's fee: the claimant from the deposit, the insurer from its bond. An arbiter who filed or appealed the
 * claim, took out the policy or is paid by it does not decide: what its silence means happens.
 */
export function arbitrate(args: ExecuteMsgs["arbitrate"]): ContractCall {
  return { contract: "claims", msg: { arbitrate: args } };
}

/** Anybody, once the deadline of whoever is to act is over: what their silence means happens. */
export function settle(args: ExecuteMsgs["settle"]): ContractCall {
  return { contract: "claims", msg: { settle: args } };
}

/** An account: takes what could not be paid to it when it was due, to itself or to another account it names. */
export function collect(args: ExecuteMsgs["collect"]): ContractCall {
  return { contract: "claims", msg: { collect: args } };
}

/** Anybody, three years after it could not be paid: gives what an account did not collect back to the pool. */
export function reclaimUnclaimed(args: ExecuteMsgs["reclaim_unclaimed"]): ContractCall {
  return { contract: "claims", msg: { reclaim_unclaimed: args } };
}

/**
 * An admitted cw20 token, for whoever sent it here: a message that takes funds, see `cw20::ReceiveMsg`. Fails
 * unless the tokens have arrived.
 */
export function receive(args: ExecuteMsgs["receive"]): ContractCall {
  return { contract: "claims", msg: { receive: args } };
}
