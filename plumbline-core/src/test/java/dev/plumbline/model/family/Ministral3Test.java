package dev.plumbline.model.family;

class Ministral3Test extends FamilyContractTest {

    @Override
    String family() {
        return "ministral3";
    }
}
