package dev.plumbline.model.family;

class OlmoeTest extends FamilyContractTest {

    @Override
    String family() {
        return "olmoe";
    }
}
