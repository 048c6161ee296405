//! Money in and out, honest or not.

use vitals_api::claims::UNCLAIMED_AFTER_S;

use super::{ensure, Deed, Fault, Model, Who, CONTRACT, INSURER, STAFF, TOKEN};
use crate::sequences::plan::Coin;

impl Model {
    pub fn balance(&self, coin: Coin, who: Who) -> u128 {
        self.balances.get(&(coin, who)).copied().unwrap_or(0)
    }

    /// What reached the contract without its knowing.
    pub fn strays(&self, coin: Coin) -> u128 {
        self.balance(coin, CONTRACT)
            .checked_sub(self.kept(coin))
            .expect("the contract has what it keeps")
    }

    fn move_exactly(&mut self, coin: Coin, from: Who, to: Who, amount: u128) -> Option<()> {
        let less = self.balance(coin, from).checked_sub(amount)?;
        self.balances.insert((coin, from), less);
        *self.balances.entry((coin, to)).or_default() += amount;
        Some(())
    }

    fn fault_of(&self, coin: Coin) -> Fault {
        match coin {
            Coin::Bad => self.fault.clone(),
            _ => Fault::None,
        }
    }

    /// As a token moves what it says it moves.
    fn move_as_it_does(&mut self, coin: Coin, from: Who, to: Who, amount: u128) -> Option<()> {
        match self.fault_of(coin) {
            Fault::MovesNothing => Some(()),
            Fault::TakesFee => {
                self.move_exactly(coin, from, to, amount)?;
                self.move_exactly(coin, to, "nobody", amount.min(1))
            }
            _ => self.move_exactly(coin, from, to, amount),
        }
    }

    /// Without a message to whom it goes to.
    pub fn transfer(&mut self, coin: Coin, from: Who, to: Who, amount: u128) -> Option<()> {
        match self.fault_of(coin) {
            Fault::FailsOnTransfer => None,
            Fault::Reenters { deed, quietly } => {
                self.move_exactly(coin, from, to, amount)?;
                let is_done = self.execute(TOKEN, &deed, None);
                ensure(is_done || quietly)
            }
            _ => self.move_as_it_does(coin, from, to, amount),
        }
    }

    /// A message arrives with its funds.
    pub(super) fn arrive(
        &mut self,
        from: Who,
        deed: &Deed,
        funds: Option<(Coin, u128)>,
    ) -> Option<()> {
        match funds {
            None => self.obey(from, deed, None),
            Some((Coin::Native, amount)) => {
                self.move_exactly(Coin::Native, from, CONTRACT, amount)?;
                self.obey(from, deed, funds)
            }
            Some((coin, amount)) => self.arrive_as_tokens(from, deed, coin, amount),
        }
    }

    /// The contract believes a token only what its own books show.
    fn arrive_as_tokens(&mut self, from: Who, deed: &Deed, coin: Coin, amount: u128) -> Option<()> {
        self.move_as_it_does(coin, from, CONTRACT, amount)?;
        let fault = self.fault_of(coin);
        let said = match fault {
            Fault::LiesAboutAmount => amount * 2,
            _ => amount,
        };
        ensure(said > 0 && !matches!(fault, Fault::Mute))?;
        ensure(self.balance(coin, CONTRACT) >= self.kept(coin) + said)?;
        let sender = match fault {
            Fault::LiesAboutSender(who) => who,
            _ => from,
        };
        self.obey(sender, deed, Some((coin, said)))
    }

    /// A bad token says so, and nothing was sent.
    pub(super) fn said_to_arrive(
        &mut self,
        from: Who,
        sender: Who,
        amount: u128,
        product: usize,
    ) -> Option<()> {
        ensure(from == TOKEN && amount > 0)?;
        ensure(self.balance(Coin::Bad, CONTRACT) >= self.kept(Coin::Bad) + amount)?;
        let deed = Deed::Deposit { product };
        self.obey(sender, &deed, Some((Coin::Bad, amount)))
    }

    pub(super) fn pay(&mut self, product: usize, to: Who, amount: u128) {
        if amount > 0 {
            self.leaving.push((product, to, amount));
        }
    }

    pub(super) fn pay_out(&mut self) {
        for (product, to, amount) in std::mem::take(&mut self.leaving) {
            let coin = self.products[product].coin;
            let mut next = self.clone();
            if next.transfer(coin, CONTRACT, to, amount).is_some() {
                *self = next;
                continue;
            }
            let now = self.now();
            let owed = self.products[product].book.owed.entry(to).or_default();
            *owed = (owed.0 + amount, now);
        }
    }

    /// Exactly what is due in the product's denomination, and nothing where nothing is.
    pub(super) fn ensure_due(
        &self,
        product: usize,
        funds: Option<(Coin, u128)>,
        due: u128,
    ) -> Option<()> {
        let coin = self.products[product].coin;
        ensure(funds == (due > 0).then_some((coin, due)))
    }

    pub(super) fn deposit(&mut self, product: usize, funds: Option<(Coin, u128)>) -> Option<()> {
        let (coin, amount) = funds?;
        ensure(coin == self.products[product].coin)?;
        self.products[product].book.deposits += amount;
        Some(())
    }

    pub(super) fn withdraw(&mut self, from: Who, product: usize, amount: u128) -> Option<()> {
        ensure(from == INSURER || STAFF.contains(&from))?;
        ensure(amount > 0 && self.free(product)? >= amount)?;
        if self.waits_for_another(from, product, None, amount, false)? {
            return Some(());
        }
        self.products[product].book.withdrawn += amount;
        self.pay(product, INSURER, amount);
        Some(())
    }

    /// Whether it has to wait; none where the same person asks again.
    pub(super) fn waits_for_another(
        &mut self,
        from: Who,
        product: usize,
        claim: Option<(usize, u16)>,
        amount: u128,
        reasoned: bool,
    ) -> Option<bool> {
        let above = self.products[product].two_people_above;
        let key = (product, claim);
        if above.is_none_or(|above| amount <= above) {
            if claim.is_some() {
                self.waiting.remove(&key);
            }
            return Some(false);
        }
        match self.waiting.get(&key) {
            Some((first, reason, by)) if (*first, *reason) == (amount, reasoned) => {
                ensure(*by != from)?;
                self.waiting.remove(&key);
                Some(false)
            }
            _ => {
                self.waiting.insert(key, (amount, reasoned, from));
                Some(true)
            }
        }
    }

    pub(super) fn collect(&mut self, from: Who, product: usize, to: Option<Who>) -> Option<()> {
        let (amount, _) = self.products[product].book.owed.remove(from)?;
        let to = to.unwrap_or(from);
        ensure(to != CONTRACT && to != TOKEN)?;
        let coin = self.products[product].coin;
        self.transfer(coin, CONTRACT, to, amount)
    }

    pub(super) fn reclaim(&mut self, product: usize, account: Who) -> Option<()> {
        let now = self.now();
        let book = &mut self.products[product].book;
        let (amount, since) = book.owed.remove(account)?;
        ensure(now >= since + u64::from(UNCLAIMED_AFTER_S))?;
        book.reclaimed += amount;
        Some(())
    }
}
