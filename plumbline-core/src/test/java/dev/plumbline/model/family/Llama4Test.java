package dev.plumbline.model.family;

class Llama4Test extends FamilyContractTest {

    @Override
    String family() {
        return "llama4";
    }
}
