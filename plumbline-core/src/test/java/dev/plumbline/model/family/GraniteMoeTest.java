package dev.plumbline.model.family;

class GraniteMoeTest extends FamilyContractTest {

    @Override
    String family() {
        return "granite_moe";
    }
}
