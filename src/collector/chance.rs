//! Random bytes of the operating system: codes, keys, tokens and the order of comments.

use data_encoding::BASE32_NOPAD;

use crate::report::Failure;

/// Gives random bytes.
pub(crate) fn bytes<const LENGTH: usize>() -> Result<[u8; LENGTH], Failure> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::new(format!("the system gives no random numbers: {error}")).hint("see to its random device"))?;
    Ok(bytes)
}

/// Makes an invitation code: 20 random bytes in 32 letters and digits.
pub(crate) fn code() -> Result<String, Failure> {
    Ok(BASE32_NOPAD.encode(&bytes::<20>()?).to_ascii_lowercase())
}

/// Puts items in an order by chance, each order as likely as any other.
pub(crate) fn shuffle<T>(items: &mut [T]) -> Result<(), Failure> {
    for last in (1..items.len()).rev() {
        // 2^64 is so much larger than any list that the remainder favours none noticeably.
        let drawn = u64::from_le_bytes(bytes()?) % (last as u64 + 1);
        items.swap(last, usize::try_from(drawn).unwrap_or_default());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_32_letters_and_no_two_are_the_same() {
        let (one, other) = (code().unwrap(), code().unwrap());
        assert!(one.len() == 32 && one.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{one}");
        assert_ne!(one, other);
    }

    #[test]
    fn a_shuffled_list_holds_the_same_items_in_another_order() {
        let mut items: Vec<u32> = (0..100).collect();
        shuffle(&mut items).unwrap();
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}
