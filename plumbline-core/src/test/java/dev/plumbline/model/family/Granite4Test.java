package dev.plumbline.model.family;

class Granite4Test extends FamilyContractTest {

    @Override
    String family() {
        return "granite4";
    }
}
