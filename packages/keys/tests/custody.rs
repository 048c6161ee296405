//! The emergency package: who opens it, how far it reaches, and when it is made anew.

mod fixture;

use fixture::{lock, Crash, Person, World, CONSENT, NOW, PATIENT};
use vitals_api::consent::emergency::MAX_HOURS_BACK;
use vitals_core::decision::Action;
use vitals_core::emergency::{combine, EmergencyShare};
use vitals_core::measure::Category;
use vitals_core::package::KeyPackage;
use vitals_core::time::Window;
use vitals_keys::{Agent, Custody, KeyringError, KeysError, EMERGENCY_HOURS};

const CUSTODIANS: [&str; 3] = ["wasm1bank", "wasm1clinic", "wasm1notary"];

struct Home {
    world: World,
    dir: tempfile::TempDir,
    custodians: Vec<Person>,
}

impl Home {
    /// Two of three custodians are enough.
    fn new() -> Self {
        let world = World::new();
        let dir = tempfile::tempdir().unwrap();
        let custodians = world.name_custodians(&CUSTODIANS, 2);
        Agent::create(&dir.path().join("keys"), lock(), PATIENT, 0).unwrap();
        Self {
            world,
            dir,
            custodians,
        }
    }

    fn agent(&self) -> Agent {
        Agent::open(&self.dir.path().join("keys"), lock()).unwrap()
    }

    fn keep(&self) -> Result<Custody, KeysError> {
        self.agent().keep_custody(&self.world, CONSENT, &self.world)
    }

    fn renewed(&self) -> bool {
        matches!(self.keep().unwrap(), Custody::Kept { renewed: true, .. })
    }

    fn share(&self, which: usize) -> EmergencyShare {
        let custody = self.world.custody.borrow();
        let packages = &custody.packages.as_ref().unwrap().packages;
        let named = packages
            .iter()
            .find(|p| p.custodian == CUSTODIANS[which])
            .unwrap();
        let file = self.world.stored(&named.digest).unwrap();
        EmergencyShare::open(&file, self.custodians[which].keys.identity()).unwrap()
    }

    fn package(&self, which: &[usize]) -> Option<KeyPackage> {
        let shares: Vec<_> = which.iter().map(|at| self.share(*at)).collect();
        let key = combine(&shares).ok()?;
        let file = self.world.stored(&key.package.to_vec().into()).unwrap();
        Some(KeyPackage::open(&file, &key.identity).unwrap())
    }
}

#[test]
fn any_two_of_three_open_the_last_fortnight_and_two_days_and_one_opens_nothing() {
    let home = Home::new();
    let window = Window {
        from: NOW - MAX_HOURS_BACK,
        to: NOW + EMERGENCY_HOURS,
    };
    let made = Custody::Kept {
        threshold: 2,
        of: 3,
        window,
        renewed: true,
    };
    assert_eq!(home.keep().unwrap(), made);
    for which in [[0, 1], [1, 2], [2, 0]] {
        let package = home.package(&which).unwrap();
        for category in Category::ALL {
            let opens = |epoch| package.epoch_key(0, category, epoch).is_some();
            assert!(opens(window.from) && opens(window.to - 1));
            assert!(!opens(window.from - 1) && !opens(window.to));
        }
    }
    for which in [0, 1, 2] {
        assert!(home.package(&[which]).is_none());
    }
}

#[test]
fn without_custodians_the_patient_is_told_that_an_emergency_opens_nothing() {
    let home = Home::new();
    home.world.name_custodians(&[], 0);
    assert_eq!(home.keep().unwrap(), Custody::Nobody);
    assert_eq!(home.world.effects.get(), 0);
}

#[test]
fn it_is_made_anew_once_less_than_a_day_is_left_and_not_before() {
    let home = Home::new();
    assert!(home.renewed());
    for _ in 0..23 {
        home.world.now.set(home.world.now.get() + 1);
        assert!(!home.renewed());
    }
    home.world.now.set(home.world.now.get() + 1);
    assert!(home.renewed());
}

#[test]
fn other_custodians_another_recipient_or_new_keys_ask_for_another_package() {
    let home = Home::new();
    assert!(home.renewed() && !home.renewed());
    home.world.publish(CUSTODIANS[0], &Person::new());
    assert!(home.renewed() && !home.renewed());
    let reading = home
        .world
        .grant("wasm1a", Action::Read, Window::one(NOW + 9));
    home.world.revoke(reading);
    assert!(matches!(
        home.keep(),
        Err(KeysError::Keyring(KeyringError::Pending))
    ));
    let tended = home
        .agent()
        .tend(&home.world, CONSENT, &home.world)
        .unwrap();
    assert!(matches!(
        tended.custody,
        Ok(Custody::Kept { renewed: true, .. })
    ));
    let agent = home.agent();
    agent
        .set_custodians(&home.world, CONSENT, &CUSTODIANS.map(String::from), 3)
        .unwrap();
    assert!(home.renewed() && !home.renewed());
    let package = home.package(&[1, 2]);
    assert!(package.is_none(), "three are needed now");
}

#[test]
fn a_custodian_without_a_recipient_is_named_and_keeps_nothing_else_from_being_done() {
    let home = Home::new();
    home.world.recipients.borrow_mut().remove(CUSTODIANS[1]);
    let tended = home
        .agent()
        .tend(&home.world, CONSENT, &home.world)
        .unwrap();
    let Err(KeysError::NoRecipient { account }) = tended.custody else {
        panic!("a share was made for nobody");
    };
    assert_eq!(account, CUSTODIANS[1]);
}

#[test]
fn one_stopped_before_or_after_any_effect_is_finished_by_a_rerun_and_the_old_one_holds_till_then() {
    let whole = Home::new();
    whole.keep().unwrap();
    let effects = whole.world.effects.get();
    assert_eq!(effects, 5, "the package, three shares, one message");
    for number in 0..effects {
        for crash in [Crash::Before, Crash::After] {
            let home = Home::new();
            home.keep().unwrap();
            home.world.now.set(NOW + 24);
            home.world.crash.set(crash(effects + number));
            assert!(home.keep().is_err());
            assert!(home.package(&[0, 2]).is_some(), "effect {number}");
            home.world.crash.set(Crash::Never);
            home.keep().unwrap();
            let package = home.package(&[0, 2]).unwrap();
            let last = NOW + 24 + EMERGENCY_HOURS - 1;
            assert!(package.epoch_key(0, Category::Cardiac, last).is_some());
            assert!(!home.renewed());
        }
    }
}
