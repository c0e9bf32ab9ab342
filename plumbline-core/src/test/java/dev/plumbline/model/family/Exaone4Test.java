package dev.plumbline.model.family;

class Exaone4Test extends FamilyContractTest {

    @Override
    String family() {
        return "exaone4";
    }
}
