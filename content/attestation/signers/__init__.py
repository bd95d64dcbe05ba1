from content.attestation.signers import file2 as file2
