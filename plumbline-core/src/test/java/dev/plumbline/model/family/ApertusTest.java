package dev.plumbline.model.family;

class ApertusTest extends FamilyContractTest {

    @Override
    String family() {
        return "apertus";
    }
}
