package dev.plumbline.model.family;

class Dots1Test extends FamilyContractTest {

    @Override
    String family() {
        return "dots1";
    }
}
