package dev.plumbline.model.family;

class StableLmTest extends FamilyContractTest {

    @Override
    String family() {
        return "stablelm";
    }
}
