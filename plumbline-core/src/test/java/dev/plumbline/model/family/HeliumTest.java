package dev.plumbline.model.family;

class HeliumTest extends FamilyContractTest {

    @Override
    String family() {
        return "helium";
    }
}
