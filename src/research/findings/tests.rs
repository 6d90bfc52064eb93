//! What findings tell, and what they keep to themselves.
