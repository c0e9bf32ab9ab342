package dev.plumbline.model.family;

class NemotronTest extends FamilyContractTest {

    @Override
    String family() {
        return "nemotron";
    }
}
