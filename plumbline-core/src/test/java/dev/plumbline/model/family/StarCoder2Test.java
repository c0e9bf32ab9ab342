package dev.plumbline.model.family;

class StarCoder2Test extends FamilyContractTest {

    @Override
    String family() {
        return "starcoder2";
    }
}
