package dev.plumbline.model.family;

class Gpt2Test extends FamilyContractTest {

    @Override
    String family() {
        return "gpt2";
    }
}
