package dev.plumbline.model.family;

class ExaoneMoeTest extends FamilyContractTest {

    @Override
    String family() {
        return "exaone_moe";
    }
}
