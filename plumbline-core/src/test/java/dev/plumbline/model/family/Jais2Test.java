package dev.plumbline.model.family;

class Jais2Test extends FamilyContractTest {

    @Override
    String family() {
        return "jais2";
    }
}
