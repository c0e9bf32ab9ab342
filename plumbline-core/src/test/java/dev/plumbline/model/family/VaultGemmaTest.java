package dev.plumbline.model.family;

class VaultGemmaTest extends FamilyContractTest {

    @Override
    String family() {
        return "vaultgemma";
    }
}
