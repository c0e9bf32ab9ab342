package dev.plumbline.model.family;

class Cohere2Test extends FamilyContractTest {

    @Override
    String family() {
        return "cohere2";
    }
}
