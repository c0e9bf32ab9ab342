package dev.plumbline.model.family;

class Gemma4Test extends FamilyContractTest {

    @Override
    String family() {
        return "gemma4";
    }
}
